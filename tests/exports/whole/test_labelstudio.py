"""Tasks as Label Studio takes them in: every result answers to a control of the labelling interface."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable

from parley.exports.whole.labelstudio import configuration


def test_results_answer_to_the_interface(written: Callable[..., bytes]) -> None:
    view = ET.fromstring(configuration())
    controls = {one.get("name"): one for one in view if one.get("toName")}
    options = {name: {option.get("value") for option in one} for name, one in controls.items()}
    tasks = json.loads(written("labelstudio"))
    assert len(tasks) == 3
    for task in tasks:
        text = task["data"]["text"]
        (prediction,) = task["predictions"]
        regions = {one["id"] for one in prediction["result"] if one["type"] == "labels"}
        assert len(regions) == sum(one["type"] == "labels" for one in prediction["result"])
        for one in prediction["result"]:
            if one["type"] == "relation":
                assert {one["from_id"], one["to_id"]} <= regions
                continue
            control = controls[one["from_name"]]
            assert one["to_name"] == "text"
            assert control.tag.lower() == one["type"]
            assert one["id"] in regions
            value = one["value"]
            words = text[value["start"] : value["end"]]
            if one["type"] == "textarea":  # its own words stand where a region has the text's
                assert all(isinstance(word, str) and word for word in value["text"])
            else:
                assert words == value["text"]
                assert set(value[one["type"]]) <= options[one["from_name"]]
