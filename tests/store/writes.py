"""A process that writes shards until it is stopped: ``python -m tests.store.writes FOLDER FIRST COUNT``.

Says ``ready``, then the number of articles committed after every commit.
"""

from __future__ import annotations

import sys

from parley.store import Writer
from tests.store import make

if __name__ == "__main__":
    folder, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with Writer.open(folder) as writer:
        writer.begin_run(make.run(f"run{first}"))
        print("ready", flush=True)
        for start in range(first, first + count, 3):
            # every shard adds two articles and changes one that is there, so that rows go as well as come
            done = writer.commit(make.shard(start, start + 1, 0, name=f"run{first}", outlet=f"Gazette {start}"))
            print(done.rows["articles"], flush=True)
