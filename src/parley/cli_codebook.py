"""``parley codebook``: what Parley looks for, and whether a user's own issues and parties work."""

from __future__ import annotations

from pathlib import Path

import click


@click.group("codebook")
def codebook_group() -> None:
    """See the acts and issues that Parley looks for; check your own.

    \b
    parley codebook list               all issues, by group, and all acts
    parley codebook show ceasefire     one issue: what it includes, its terms, its examples
    parley codebook check FILE         whether your own issues and parties work
    """


@codebook_group.command("list")
@click.option("--codebook", "files", multiple=True, help="TOML file of further issues; may be given several times.")
def list_(files: tuple[str, ...]) -> None:
    """Print the acts and issues, by group."""
    from parley.codebook import codebook

    book = codebook(files)
    for title, rows in (("Acts", book.acts.values()), ("Issues", book.issues.values())):
        click.echo(title)
        groups: dict[str, list[str]] = {}
        for row in rows:
            groups.setdefault(row.group, []).append(row.id)
        for group, ids in groups.items():
            click.echo(f"  {group.replace('_', ' '):16s} {', '.join(ids)}")


@codebook_group.command()
@click.argument("issue")
@click.option("--codebook", "files", multiple=True, help="TOML file of further issues; may be given several times.")
def show(issue: str, files: tuple[str, ...]) -> None:
    """Print one issue: its definition, limits, terms and examples."""
    from parley.codebook import codebook
    from parley.errors import ParleyError

    issues = codebook(files).issues
    if issue not in issues:
        raise ParleyError(f"no issue {issue!r}; there are: {', '.join(issues)}")
    one = issues[issue]
    click.echo(f"{one.id}: {one.title} ({one.group.replace('_', ' ')})\n{one.definition}")
    lists = {
        "includes": one.includes,
        "excludes": one.excludes,
        "terms": one.terms.terms,
        "unless": one.unless.terms,
        "match": one.match,
        "no match": one.no_match,
    }
    for title, items in lists.items():
        if items:
            click.echo(f"\n{title}:")
            for item in items:
                click.echo(f"  {item}")


@codebook_group.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Check a file of your own issues and parties.

    Every match sentence must be recognised as its issue before all others, and no no_match sentence; advice says where
    an issue takes over sentences of a shipped one. The exit status is 1 where an example fails, 2 where the file cannot
    be used.
    """
    from parley.analysis.codebook_check import check as checked

    result = checked(files)
    for finding in result.findings:
        click.echo(f"{finding.grade:6s} {finding.file}, {finding.issue}: {finding.why}")
    errors = sum(finding.grade == "error" for finding in result.findings)
    sentences = sum(len(issue.match) + len(issue.no_match) for issue in result.issues)
    verdict = f"{errors} of them not read as the file says" if errors else "all read as the file says"
    counts = f"{len(result.issues)} issues, {result.actors} parties, {sentences} example sentences"
    click.echo(f"{counts}: {verdict}")
    ctx.exit(1 if errors else 0)
