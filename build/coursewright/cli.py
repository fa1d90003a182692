"""The command line. A command is short: it reads its options, asks one stage, prints, and ends with 0 or 1."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from coursewright import __version__, delivery
from coursewright.notices import FORMATS, notices
from coursewright.problems import Broken, Place, Problem, did_you_mean, failed, located

if TYPE_CHECKING:
    from coursewright.doctor import Finding
    from coursewright.folders import Folders
    from coursewright.model import Course
    from coursewright.report import Report

INTERRUPTED = 130  # what shells expect after Ctrl-C (128 + SIGINT)


def _remember(ctx: click.Context, _: click.Parameter, value: str) -> str:
    """Let `Line` know in which format problems are wanted."""
    ctx.meta["format"] = value
    return value


COURSE = click.argument("course", type=click.Path(path_type=Path), required=False)
FORMAT = click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", callback=_remember, help="json is for programs."
)
LAYER = click.option(
    "--layer",
    "layers",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="A customer's own layer on top of the course; may be given again, and later ones win.",
)
PROBLEMS = click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    callback=_remember,
    help="json and sarif are for programs, github for its checks.",
)
SELECT = click.option(
    "--select", metavar="RULES", callback=delivery.names, help="Only these lint rules, or families: TIM,QUZ-02."
)
IGNORE = click.option("--ignore", metavar="RULES", callback=delivery.names, help="All lint rules but these.")
STRICT = click.option("--strict", is_flag=True, help="Warnings fail, too.")


class Sound(NamedTuple):
    """A course without errors, and where its values stand."""

    course: Course
    places: Mapping[str, Place]
    warnings: tuple[Problem, ...]
    folders: Folders


FIRST_STEPS = """\
coursewright new my-course        begin with a small course of your own
coursewright check my-course      see every problem at once
coursewright build my-course      make every document into out/
coursewright doctor               see what this machine lacks
"""


class Taught(click.Command):
    """A command whose help ends with examples, one a line."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples as they are."""
        with formatter.section("Examples"):
            for line in (self.epilog or "").splitlines():
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")


class Line(Taught, click.Group):
    """Commands that end in one way: problems are printed, Ctrl-C leaves no traceback."""

    command_class = Taught

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. Exits with 1 after Broken or where the system refuses, with 130 after Ctrl-C."""
        try:
            return super().invoke(ctx)
        except Broken as broken:
            finish(broken.problems, ctx.meta.get("format", "text"))
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read our output has gone; click knows what to do
                raise
            finish([Problem(error.strerror or str(error), str(error.filename or ""))], ctx.meta.get("format", "text"))
        except (KeyboardInterrupt, click.Abort):
            click.echo("stopped", err=True)
            ctx.exit(INTERRUPTED)


@click.group(cls=Line, epilog=FIRST_STEPS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def main() -> None:
    """Turn a course written in YAML into decks, workbooks, guides and quizzes."""


@main.command(epilog="coursewright new my-course\ncoursewright new two-hats --from sample")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "origin",
    type=click.Choice(["starter", "sample"]),
    default="starter",
    show_default=True,
    help="sample is the whole course “Two Hats”.",
)
def new(folder: Path, origin: str) -> None:
    """Make a course to begin with: small, commented, ready to build."""
    from coursewright.paths import bundled
    from coursewright.starter import begin

    begin(folder, bundled({"starter": "starter", "sample": "course"}[origin]))
    click.echo(f"{folder} is ready. Open {folder / 'course.yaml'} in an editor, then:")
    click.echo(f"    coursewright check {folder}\n    coursewright build {folder}")


CHECK_EXAMPLES = """\
coursewright check
coursewright check my-course --strict
coursewright check my-course --select TIM,QUZ --format json
"""


@main.command(epilog=CHECK_EXAMPLES)
@COURSE
@LAYER
@SELECT
@IGNORE
@STRICT
@PROBLEMS
def check(
    course: Path | None, layers: tuple[Path, ...], select: tuple[str, ...], ignore: tuple[str, ...], strict: bool, format_: str
) -> None:
    """Report every problem of a course at once, with file, line and a hint: mistakes, and what a lint rule would mend.

    COURSE is its folder: this one if it holds course.yaml, else ./course.
    """
    from coursewright import build as making
    from coursewright.lint import chosen as picked
    from coursewright.lint import tagged
    from coursewright.load import load

    _known_rules(select, ignore)
    loaded = load(chosen(course), layers)
    found = loaded.problems
    if loaded.course is not None:
        found = located(making.problems(loaded.course, loaded.folders, loaded.problems), loaded.places)
    finish(picked(map(tagged, found), select, ignore), format_, strict=strict, done="no problems")


def _known_rules(*chosen: Iterable[str]) -> None:
    """Raise BadParameter for a rule or family that there is not."""
    from coursewright.lint import BY_ID

    known = {*BY_ID, *(rule.family for rule in BY_ID.values())}
    for name in (name for names in chosen for name in names):
        if name not in known:
            raise click.BadParameter(f'there is no lint rule "{name}"; {did_you_mean(name, known)}')


@main.command(epilog="coursewright rules\ncoursewright rules TIM\ncoursewright rules --format json")
@click.argument("families", nargs=-1)
@FORMAT
def rules(families: tuple[str, ...], format_: str) -> None:
    """List the lint rules, or those of some families such as TIM."""
    from coursewright import printing
    from coursewright.lint import RULES

    _known_rules(families)
    found = [rule for rule in RULES if not families or rule.family in families or rule.id in families]
    if format_ == "json":
        click.echo(json.dumps([printing.rule_facts(rule) for rule in found], indent=2, ensure_ascii=False))
    else:
        printing.show_rules(found)


@main.command(epilog="coursewright explain TIM-02")
@click.argument("name", metavar="RULE")
@FORMAT
def explain(name: str, format_: str) -> None:
    """Tell the whole story of a lint rule: what it finds and why, what it rests on, how to mend it, and an example."""
    from coursewright import printing
    from coursewright.lint import BY_ID

    rule = BY_ID.get(name.upper())
    if rule is None:
        raise click.BadParameter(f'there is no lint rule "{name}"; {did_you_mean(name.upper(), BY_ID)}', param_hint="RULE")
    if format_ == "json":
        click.echo(json.dumps(printing.rule_facts(rule), indent=2, ensure_ascii=False))
    else:
        printing.show_rule(rule)


PLAN_EXAMPLES = """\
coursewright plan -a newly-promoted-managers
coursewright plan my-course -a team-leads --minutes 120 --start 13:30
coursewright plan my-course -a team-leads --slot half-day --format json
"""


@main.command(epilog=PLAN_EXAMPLES)
@COURSE
@click.option("--audience", "-a", required=True, metavar="ID", help="As its file in audiences/ is called.")
@delivery.options
@LAYER
@FORMAT
def plan(course: Path | None, audience: str, format_: str, layers: tuple[Path, ...], **known: Any) -> None:
    """Show the agenda of a session, what it may claim, and what was cut or shortened to fit."""
    from coursewright import lint, printing
    from coursewright.editions import plan as planned

    loaded = sound(chosen(course), layers)
    length = {"slot": known["slot"], "minutes": known["minutes"]}
    session, doubts = delivery.delivery(known)
    try:
        edition, warnings = planned(loaded.course, audience, **length, session=session)
    except Broken as broken:
        raise Broken(located(broken.problems, loaded.places)) from broken
    if format_ == "json":
        click.echo(json.dumps(printing.facts(edition), indent=2, ensure_ascii=False))
    else:
        printing.show(edition)
    found = lint.judged(edition, (*loaded.warnings, *doubts, *warnings, *lint.of_editions([edition])))
    print_problems(located(found, loaded.places), "text", err=True)


BUILD_EXAMPLES = """\
coursewright build
coursewright build my-course -a team-leads --minutes 120 --people 14
coursewright build my-course -a team-leads --slot half-day --date 2026-12-01 --participants people.csv
coursewright build my-course --brand acme.potx --only deck.pptx,workbook.pdf
"""


@main.command(epilog=BUILD_EXAMPLES)
@COURSE
@click.option("--audience", "-a", "audiences", multiple=True, metavar="ID", help="All, if left out; may be given again.")
@delivery.options
@LAYER
@click.option("--brand", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A .pptx or .potx of your own.")
@click.option(
    "--only", "documents", metavar="NAMES", callback=delivery.names, help="Such as deck.pptx,workbook.pdf; else all listed."
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default="out", show_default=True, help="Where files land."
)
@click.option("--overwrite", is_flag=True, help="Give up what was edited in PowerPoint; the earlier deck stays as a backup.")
@click.option("--jobs", type=click.IntRange(0, 256), default=0, help="Processes at once; 0 is as many as the machine has.")
@STRICT
@FORMAT
def build(course: Path | None, strict: bool, format_: str, brand: Path | None, **options: Any) -> None:
    """Make the documents of a course, for every audience and slot or for those you name.

    Files land in OUT/<audience>/<slot>/<document>, with OUT/report.json beside them. A file that cannot be made stops
    no other, and leaves the one of an earlier build as it is.
    """
    from coursewright import digests, printing
    from coursewright.report import unchanged

    folder = chosen(course)
    out, decisive = options["out"], {name: value for name, value in options.items() if name not in ("jobs", "overwrite")}
    if options["participants"]:
        decisive["participants"] = (options["participants"], digests.digest(options["participants"]))
    inputs = digests.inputs(folder, brand, out, decisive, options["layers"])
    report = unchanged(out, inputs, overwrite=options["overwrite"])
    report = report or _built(folder, brand, strict, {**options, "inputs": inputs})
    problems = report.every_problem()
    if format_ == "json":
        click.echo(report.as_json().decode(), nl=False)
    else:
        print_problems(problems, "text")
        printing.summary(report, options["out"])
    click.get_current_context().exit(int(failed(problems, strict=strict)))


def _built(folder: Path, brand: Path | None, strict: bool, options: dict[str, Any]) -> Report:
    from coursewright import build as making
    from coursewright import printing

    loaded = sound(folder, options["layers"], strict=strict)
    rest = {name: value for name, value in options.items() if name not in (*delivery.NAMES, "layers")}
    session, doubts = delivery.delivery(options)
    known = {**rest, "session": session, "warnings": (*loaded.warnings, *doubts)}
    request = making.request(loaded.course, loaded.folders, loaded.places, brand, known)
    with printing.progress() as progress:
        return making.build(request, progress=progress)


BRAND_EXAMPLES = """\
coursewright brand acme.potx
coursewright brand acme.potx --write-mapping
coursewright brand acme.potx --out check --format json
"""


@main.command(epilog=BRAND_EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where the report lands; else out/brand-<name>.")
@click.option("--write-mapping", is_flag=True, help="Write <name>.brand.yaml beside FILE: the choices, to be edited.")
@click.option("--overwrite", is_flag=True, help="Even where there is one; the earlier file is kept beside it.")
@STRICT
@FORMAT
def brand(file: Path, out: Path | None, write_mapping: bool, overwrite: bool, strict: bool, format_: str) -> None:
    """Check a PowerPoint template: which layout is used for what, how much fits, what can be read, what is missing.

    FILE is a .pptx or .potx. The report is written as HTML and PDF, with a labelled picture of every layout.
    """
    from coursewright import brands, printing

    found = brands.inspect(file, out, write_mapping=write_mapping, overwrite=overwrite)
    if format_ == "json":
        click.echo(json.dumps(printing.brand_facts(found), indent=2, ensure_ascii=False))
    else:
        printing.show_brand(found, file.name)
        print_problems(found.problems, "text")
        printing.brand_files(found)
    click.get_current_context().exit(int(failed(found.problems, strict=strict)))


DIFF_EXAMPLES = """\
coursewright diff team-leads/half-day senior-executives/180
coursewright diff team-leads/half-day@v1.0 team-leads/half-day
coursewright diff @v1.0
coursewright diff @v1.0 @HEAD --fast --format json
"""


@main.command(epilog=DIFF_EXAMPLES)
@click.argument("a")
@click.argument("b", required=False, default="")
@click.option("--course", type=click.Path(path_type=Path), help="Its folder: this one if it holds course.yaml, else ./course.")
@LAYER
@click.option("--brand", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A .pptx or .potx of your own.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where the report lands; else out/diff-<A>--<B>.")
@click.option("--fast", is_flag=True, help="Make no documents: nothing is said of slides and pages.")
@FORMAT
def diff(a: str, b: str, course: Path | None, format_: str, **options: Any) -> None:
    """Put two editions side by side, or two versions of a course: what differs, and which pages and slides.

    A and B are AUDIENCE/SLOT or AUDIENCE/MINUTES, with @REVISION for an earlier version (a tag, branch or commit of git);
    or @REVISION alone for the whole course, which says what to print and replace. Without B, A is compared with the same
    thing as it is now. The report is written as HTML and PDF.
    """
    from coursewright import comparing, printing, printing_differences

    sides = comparing.sides(a, b)
    with printing.progress() as progress:
        found = comparing.contrast(home(chosen(course)), *sides, comparing.Options(**options, progress=progress))
    if format_ == "json":
        click.echo(json.dumps(printing_differences.facts(found), indent=2, ensure_ascii=False))
    else:
        printing_differences.show(found)
        print_problems(found.problems, "text")
    click.get_current_context().exit(int(failed(found.problems)))


@main.command(epilog="coursewright schema module\ncoursewright schema --out my-course/.schema")
@click.argument("name", required=False)
@click.option("--out", "folder", type=click.Path(path_type=Path, file_okay=False), help="Write all of them into this folder.")
def schema(name: str | None, folder: Path | None) -> None:
    """Print the JSON Schema of a kind of file, or of all.

    NAME is course, module, audience, case, sources or layer.
    """
    from coursewright import schema as schemas
    from coursewright.starter import write_schemas

    if name and name not in schemas.KINDS:
        raise click.BadParameter(f'"{name}" is none of {", ".join(schemas.KINDS)}', param_hint="NAME")
    if folder:
        click.echo("\n".join(str(path) for path in write_schemas(folder)))
    else:
        click.echo(
            schemas.text(schemas.schema(name) if name else {kind: schemas.schema(kind) for kind in schemas.KINDS}), nl=False
        )


@main.command(epilog="coursewright doctor\ncoursewright doctor --format json")
@FORMAT
def doctor(format_: str) -> None:
    """See what this machine has and lacks, and how to mend it."""
    from coursewright.doctor import examine

    findings = list(examine())
    if format_ == "json":
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        _print_findings(findings)
    click.get_current_context().exit(int(any(finding.fatal for finding in findings)))


# --------------------------------------------------------------------------------------------- shared printing


def chosen(course: Path | None) -> Path:
    """Return the course folder that is meant: the one given, this one, or ./course."""
    if course is not None:
        return course
    return Path() if Path("course.yaml").is_file() else Path("course")


def home(course: Path) -> Path:
    """Return the course's folder, also where course.yaml itself was named."""
    return course if course.is_dir() else course.parent


def sound(folder: Path, layers: tuple[Path, ...] = (), *, strict: bool = False) -> Sound:
    """Return a course with layers on top that was read without errors, with its warnings. Raises Broken for any error."""
    from coursewright.load import load

    loaded = load(folder, layers)
    if loaded.course is None or failed(loaded.problems, strict=strict):
        raise Broken(loaded.problems)
    return Sound(loaded.course, loaded.places, loaded.problems, loaded.folders)


def finish(problems: Iterable[Problem], format_: str, *, strict: bool = False, done: str = "") -> NoReturn:
    """Print the problems and end: with 1 if they fail the command, else with 0 (and ``done``, if there are none at all)."""
    problems = tuple(problems)
    print_problems(problems, format_)
    if not problems and done and format_ == "text":
        click.echo(done)
    click.get_current_context().exit(int(failed(problems, strict=strict)))


def print_problems(problems: Iterable[Problem], format_: str, *, err: bool = False) -> None:
    """Print problems: for people with a last line that counts them, or in a format for programs."""
    if told := notices(problems, format_):
        click.echo(told, err=err)


def _print_findings(findings: Iterable[Finding]) -> None:
    from rich.console import Console
    from rich.table import Table

    from coursewright.doctor import system

    table = Table(box=None, pad_edge=False, show_header=False)
    for _ in range(3):
        table.add_column(overflow="fold")
    missing = []
    for finding in findings:
        mark = "[green]✓[/]" if finding.found else "[red]✗[/]" if finding.fatal else "[yellow]–[/]"
        table.add_row(mark, finding.name, finding.found or f"missing, {finding.need}: {finding.why}")
        missing += [] if finding.found else [finding.mend[system()]]
    console = Console()
    console.print(table)
    for command in dict.fromkeys(missing):
        console.print(f"    {command}", markup=False, highlight=False, soft_wrap=True)
