"""The edge: which files, in which order, in which process; what is kept; what is written where."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from . import lint
from .audience import find
from .auditing import Ready, about, audited
from .cache import Cache, key
from .documents import NEEDS, Document, Documents, documents, find_document, missing
from .editions import built_of, edition_of, every, slot_of
from .files import replace_file
from .folders import Folders
from .lint import Scope
from .make import Job, Taken
from .model import Course, Edition, Session, Slot
from .outputs import Made
from .paths import bundled
from .problems import Broken, Place, Problem, Severity, failed, located, warning
from .report import NAME, File, Report, untouched
from .rewriting import Settled, settled, write
from .schedule import NOTHING
from .travelling import Shelf, timed

Progress = Callable[[str, int, int], None]  # what was finished, how many of how many


@dataclass(frozen=True)
class Request:
    """What to build. Empty means all: every audience, its slots, the documents the course lists."""

    course: Course
    folder: Path
    templates: tuple[Path, ...]
    brand: Path
    own_brand: bool
    out: Path
    places: Mapping[str, Place]
    audiences: tuple[str, ...] = ()
    slot: str | None = None
    minutes: int | None = None
    session: Session = NOTHING
    documents: tuple[str, ...] = ()
    jobs: int = 0
    cache: Path | None = None
    inputs: str = ""
    overwrite: bool = False
    warnings: tuple[Problem, ...] = ()
    shelves: tuple[Path, ...] = ()  # other folders that pictures may lie in


@dataclass(frozen=True)
class Task:
    """A file to make: which edition, which document."""

    number: int
    edition: Edition
    document: Document


@dataclass
class _Work:
    """The state of one build: what is made, what waits, what runs. Lives as long as the call."""

    request: Request
    cache: Cache
    shelf: Shelf
    tasks: list[Task]
    executor: Executor | None
    progress: Progress
    untouched: Mapping[str, str]  # of files as the last build wrote them, without a trainer's work in them: path → hash
    made: dict[tuple[int, str], Made | None] = field(default_factory=dict)
    edited: set[tuple[int, str]] = field(default_factory=set)  # of those made, what holds a trainer's work
    compared: set[int] = field(default_factory=set)  # editions whose files were compared with each other
    loose: list[Problem] = field(default_factory=list)  # what that found about no file of the report
    files: list[File] = field(default_factory=list)
    running: dict[Future[tuple[Made, float]], tuple[Task, str]] = field(default_factory=dict)
    pool: ProcessPoolExecutor | None = None


def request(
    course: Course, folders: Folders, places: Mapping[str, Place], brand: Path | None, options: Mapping[str, Any]
) -> Request:
    """Return the request for a course: templates of its layers and its own come first, and its own brand if none is given.

    Raises Broken for a slot or an audience that does not exist.
    """
    chosen = brand or (folders.home / course.front.brand if course.front.brand else folders.brand)
    has_own = chosen.is_file()
    if has_own and not zipfile.is_zipfile(chosen):
        from .outputs.pptx.refusal import refusal

        problem = refusal(chosen.read_bytes()) or Problem("this is no PowerPoint file", hint="give a .pptx or .potx")
        raise Broken([replace(problem, where=Place(str(chosen)))])
    for audience in options["audiences"]:
        find(course, audience)
    slot_of(course, slot=options["slot"], minutes=options["minutes"])
    return Request(
        course=course,
        folder=folders.home,
        shelves=folders.shelves[1:],
        templates=folders.templates,
        brand=chosen if has_own else bundled("templates") / "brand.pptx",
        own_brand=has_own,
        places=places,
        **options,
    )


def problems(course: Course, folders: Folders, found: Iterable[Problem] = ()) -> tuple[Problem, ...]:
    """Return all that can be said of a course before a file is made: of its documents, its editions, and by the lint rules.

    ``found`` is what loading it said; rules of the course's own weigh and waive that, too.
    """
    editions, doubts = every(course)
    told = (*found, *_unmade(course, folders), *doubts)
    return lint.judged(course, (*told, *lint.of_course(course), *lint.of_editions(editions)), (Scope.COURSE, Scope.EDITION))


def _unmade(course: Course, folders: Folders) -> tuple[Problem, ...]:
    """What keeps the documents that the course lists from being made: those themselves, or the templates."""
    try:
        return missing(course.front, documents(folders.templates))
    except Broken as broken:
        return broken.problems


def build(request: Request, executor: Executor | None = None, progress: Progress | None = None) -> Report:
    """Make and write every file asked for, and ``report.json`` beside them.

    A file that fails does not stop the others and leaves an earlier one untouched. Raises Broken when the request itself
    makes no sense (unknown document), KeyboardInterrupt at once when interrupted.
    """
    begun = time.perf_counter()
    wanted, left_out = _documents(request)
    editions, problems = _editions(request)
    tasks = [Task(number, edition, document) for number, edition in enumerate(editions) for document in wanted.values()]
    cache = Cache(request.cache or default_cache())
    with tempfile.TemporaryDirectory() as shelf:
        work = _Work(request, cache, Shelf(Path(shelf)), tasks, executor, progress or (lambda *_: None), untouched(request.out))
        _run(work)
    files = tuple(sorted(work.files, key=lambda file: (file.audience, file.slot, file.document)))
    front = request.course.front
    here = {edition.audience.id for edition in editions}
    audiences = tuple(each for each in request.course.audiences if each.id in here)
    rules = (*lint.of_course(request.course.model_copy(update={"audiences": audiences})), *lint.of_editions(editions))
    told = lint.judged(request.course, (*request.warnings, *left_out, *problems, *work.loose, *rules))
    found = located(told, request.places)
    seconds = time.perf_counter() - begun
    report = Report(front.title, front.version, request.inputs, files, found, seconds)
    request.out.mkdir(parents=True, exist_ok=True)
    replace_file(request.out / NAME, report.as_json())
    work.cache.trim()
    return report


def default_cache() -> Path:
    """Return the folder finished files are kept in: COURSEWRIGHT_CACHE, else the user's cache folder."""
    if own := os.environ.get("COURSEWRIGHT_CACHE"):
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(base) / "coursewright"


# -------------------------------------------------------------------------------------------------- what to make


def _documents(request: Request) -> tuple[dict[str, Document], tuple[Problem, ...]]:
    """Documents by name, those that others point to before them, asked for or not; and notes on those that are left out.

    A course may list what needs a date or people: without them the rest is made. Asked for by name, it is an error.
    """
    known = documents(request.templates)
    if not request.documents and (lost := located(missing(request.course.front, known), request.places)):
        raise Broken(lost)
    choice = _Choice(request, known)
    for name in _wanted(request):
        choice.add(name)
    left_out = [Problem(f"{name} was left out", hint=why, severity=Severity.INFO) for name, why in choice.left_out.items()]
    if request.documents:
        choice.problems += [Problem(f"{name} cannot be made", hint=why) for name, why in choice.left_out.items()]
    if choice.problems:
        raise Broken(choice.problems)
    return {name: _beside(document, choice.found) for name, document in choice.found.items()}, tuple(left_out)


class _Choice:
    """Documents in an order in which they can be made. What lacks something is left out, with the reason."""

    def __init__(self, request: Request, known: Documents) -> None:
        self.request = request
        self.known = known
        self.found: dict[str, Document] = {}
        self.left_out: dict[str, str] = {}
        self.problems: list[Problem] = []

    def add(self, name: str) -> None:
        """Add a document, after those that it points to."""
        if name in self.found or name in self.left_out:
            return
        try:
            document = find_document(name, self.known)
        except Broken as broken:
            self.problems.extend(broken.problems)
            return
        for other in document.after:
            self.add(other)
        if lacks := self._lacks(document):
            self.left_out[name] = lacks
        else:
            self.found[name] = document

    def _lacks(self, document: Document) -> str:
        """What a document, or one that it points to, needs to be known of the session and nobody has said; "" for nothing."""
        session = self.request.session
        known = {"date": session.dates, "participants": session.participants}
        unsaid = [NEEDS[each] for each in document.needs if not known[each]]
        own = f"it needs {' and '.join(unsaid)}" if unsaid else ""
        return own or next((self.left_out[other] for other in document.after if other in self.left_out), "")


def _beside(document: Document, every: Mapping[str, Document]) -> Document:
    """Return a document that lists the others with those; such as list know nothing of each other."""
    if not document.lists:
        return document
    return replace(document, beside=tuple(other for other in every.values() if not other.lists))


def _wanted(request: Request) -> tuple[str, ...]:
    return request.documents or request.course.front.documents


def _editions(request: Request) -> tuple[list[Edition], list[Problem]]:
    editions: list[Edition] = []
    problems: list[Problem] = []
    for audience in request.audiences or tuple(each.id for each in request.course.audiences):
        for slot in _slots(request, audience, problems):
            try:
                edition, warnings = edition_of(request.course, audience, slot, request.session)
                editions.append(edition)
                problems.extend(warnings)
            except Broken as broken:
                problems.extend(broken.problems)
    return editions, problems


def _slots(request: Request, audience: str, problems: list[Problem]) -> Iterable[Slot]:
    """The slot asked for, by name or in minutes; else those that are built for the audience."""
    try:
        if request.slot is not None or request.minutes is not None:
            return [slot_of(request.course, slot=request.slot, minutes=request.minutes)]
        return built_of(request.course, audience)
    except Broken as broken:
        problems.extend(broken.problems)
        return []


# --------------------------------------------------------------------------------------------------- making it


def _run(work: _Work) -> None:
    waiting = list(work.tasks)
    try:
        while waiting or work.running:
            ready = [task for task in waiting if _ready(work, task)]
            waiting = [task for task in waiting if task not in ready]
            for task in ready:
                _begin(work, task)
            if work.running:
                for future in wait(work.running, return_when=FIRST_COMPLETED).done:
                    _collect(work, future)
            _compare(work)
    except BaseException:
        _stop(work.pool)
        raise
    if work.pool is not None:
        work.pool.shutdown()


def _ready(work: _Work, task: Task) -> bool:
    """Whether all documents it points to are finished, well or not."""
    return all((task.number, other) in work.made for other in task.document.before)


def _begin(work: _Work, task: Task) -> None:
    """Start a task, or finish it at once from the cache."""
    job = _job(work, task)
    if job is None:
        _finish(work, task, None, (_held_up(task.document),))
        return
    edition = work.shelf.digest(task.number, task.edition)
    hash_ = "" if job.participants else key(job, edition)  # who comes is kept nowhere
    kept = work.cache.get(hash_) if hash_ else None
    if kept is not None:
        _finish(work, task, kept, kept.problems, cached=True)
        return
    work.running[_submit(work, work.shelf.packed(task.number, job))] = (task, hash_)


def _submit(work: _Work, job: bytes) -> Future[tuple[Made, float]]:
    """Hand a job to the executor given, or to processes of our own; new ones if one of those has died."""
    if work.executor is None:
        work.executor = work.pool = _pool(work.request.jobs)
    try:
        return work.executor.submit(timed, job)
    except BrokenExecutor:
        if work.pool is None:
            raise
        _stop(work.pool)
        work.executor = work.pool = _pool(work.request.jobs)
        return work.executor.submit(timed, job)


def _job(work: _Work, task: Task) -> Job | None:
    """The job, with the places of the documents it points to; None when one of those could not be made."""
    if any(work.made[task.number, name] is None for name in task.document.after):
        return None
    places = {name: made.places for name in task.document.before if (made := work.made[task.number, name]) is not None}
    request = work.request
    look = (request.templates, request.folder, request.brand, request.own_brand, request.shelves)
    people = request.session.participants if task.document.shows else ()
    return Job(task.edition, task.document, places, *look, _taken(work, task), _counts(work, task), people)


def _taken(work: _Work, task: Task) -> dict[str, Taken]:
    """Lay the files that a document takes where a worker can read them: they are too large to travel with its job."""
    files = ((name, work.made[task.number, name]) for name in task.document.takes)
    return {name: work.shelf.taken(made.content) for name, made in files if made is not None}


def _counts(work: _Work, task: Task) -> dict[str, int]:
    counted = (*task.document.takes, *(each.name for each in task.document.beside))
    return {name: made.count for name in counted if (made := work.made[task.number, name]) is not None}


def _held_up(document: Document) -> Problem:
    return Problem(
        f"{document.name} was not made, because it points into {' and '.join(document.after)}", hint="mend those first"
    )


def _collect(work: _Work, future: Future[tuple[Made, float]]) -> None:
    task, hash_ = work.running.pop(future)
    try:
        made, seconds = future.result()
    except Broken as broken:
        _finish(work, task, None, broken.problems)
    except BrokenExecutor:
        hint = "perhaps it ran out of memory: try --jobs 1"
        _finish(work, task, None, (Problem("the process that made this file ended without a word", hint=hint),))
    except Exception as error:  # a fault of ours must not take the other files with it
        _finish(work, task, None, (_fault(error),))
    else:
        if hash_:
            work.cache.put(hash_, made)
        _finish(work, task, made, made.problems, seconds)


def _fault(error: Exception) -> Problem:
    details = "".join(traceback.format_exception(error)).strip() if os.environ.get("COURSEWRIGHT_DEBUG") else ""
    hint = details or "set COURSEWRIGHT_DEBUG=1 for the details, and please report it"
    return Problem(f"a fault in coursewright itself: {type(error).__name__}: {error}", hint=hint)


def _finish(
    work: _Work, task: Task, made: Made | None, problems: Iterable[Problem], seconds: float = 0.0, *, cached: bool = False
) -> None:
    """Write the file if it is asked for and sound; note it in the report."""
    edition, name = task.edition, task.document.name
    path = f"{edition.audience.id}/{edition.slot.id}/{name}"
    found = located(lint.judged(edition, problems), work.request.places)
    try:
        taken = _settled(work, path, made) if made is not None and not failed(found) else None
    except Exception as error:  # whatever is in a deck that anybody may have edited, the other files are made and it stays
        taken, found = None, (*found, _fault(error))
    work.made[task.number, name] = taken.made if taken else None
    if taken and taken.is_edited:
        work.edited.add((task.number, name))
    work.progress(name, len(work.made), len(work.tasks))
    if name not in _wanted(work.request) and taken is not None:
        return
    file = File(edition.audience.id, edition.slot.id, name, "", found, seconds=round(seconds, 3), cached=cached)
    try:
        work.files.append(_written(work, file, path, taken) if taken else file)
    except Broken as broken:
        work.made[task.number, name] = None
        work.files.append(replace(file, problems=(*found, *broken.problems)))


def _compare(work: _Work) -> None:
    """Compare the files of each edition that is complete: with the edition, and with each other."""
    waiting: dict[int, list[Task]] = {}
    for task in work.tasks:
        if task.number not in work.compared:
            waiting.setdefault(task.number, []).append(task)
    for number, tasks in waiting.items():
        if all((number, task.document.name) in work.made for task in tasks):
            work.compared.add(number)
            for problem in (*_audited(work, tasks), *_outdated(work, tasks)):
                _tell(work, tasks[0].edition, problem)


def _audited(work: _Work, tasks: Sequence[Task]) -> tuple[Problem, ...]:
    made = [(task, work.made[task.number, task.document.name]) for task in tasks]
    files = [Ready(task.document, each, (task.number, task.document.name) in work.edited) for task, each in made if each]
    try:
        return lint.judged(tasks[0].edition, audited(tasks[0].edition, files, _kept(work, tasks)))
    except Exception as error:  # the files are made and written, whatever cannot be read in them
        return (_fault(error),)


def _kept(work: _Work, tasks: Sequence[Task]) -> Cache | None:
    """Where the audit of these files is kept: nowhere, if one of them names people."""
    named = work.request.session.participants and any(task.document.shows for task in tasks)
    return None if named else work.cache


def _outdated(work: _Work, tasks: Sequence[Task]) -> Iterable[Problem]:
    """Warn of files that were not asked for and stand there as an earlier build left them, while others point into new ones."""
    for task in tasks:
        edition, name = task.edition, task.document.name
        made = work.made[task.number, name]
        path = work.request.out / edition.audience.id / edition.slot.id / name
        if made and name not in _wanted(work.request) and path.is_file() and path.read_bytes() != made.content:
            message = "it is older than the files just made, which give its slides or pages as they are now"
            yield warning(message, name, "build it, too")


def _tell(work: _Work, edition: Edition, problem: Problem) -> None:
    """Note a problem with the file that it is in."""
    folder = (edition.audience.id, edition.slot.id)
    for at, file in enumerate(work.files):
        if (file.audience, file.slot, file.document) == (*folder, about(problem)):
            work.files[at] = replace(file, problems=located((*file.problems, problem), work.request.places))
            return
    work.loose.append(replace(problem, where="/".join(filter(None, (*folder, str(problem.where))))))


def _settled(work: _Work, path: str, made: Made) -> Settled:
    """The file as it is to be: a deck takes over what was edited in the one that stands there."""
    if not path.endswith(".pptx"):
        return Settled(made)
    return settled(work.request.out / path, made, work.untouched.get(path, ""), overwrite=work.request.overwrite)


def _written(work: _Work, file: File, path: str, taken: Settled) -> File:
    """Write the file; return what the report says of it. Raises Broken while it is open in another program."""
    made = taken.made
    backup = write(work.request.out / path, made.content, backup=taken.needs_backup)
    return replace(
        file,
        path=path,
        problems=located(made.problems, work.request.places),
        events=taken.events,
        kept=tuple(map(asdict, taken.kept)),
        is_edited=taken.is_edited,
        backup=str(Path(path).with_name(backup)) if backup else "",
        count=made.count,
        digest=hashlib.sha256(made.content).hexdigest(),
    )


# ------------------------------------------------------------------------------------------------ processes


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Processes that start from a clean server: WeasyPrint's libraries and threads do not like to be forked."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["coursewright.make", "coursewright.outputs.pdf", "coursewright.outputs.pptx.writer"])
    return ProcessPoolExecutor(jobs or os.cpu_count() or 1, mp_context=context, initializer=_deaf)


def _deaf() -> None:
    """Workers leave Ctrl-C to the parent, which ends them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _stop(pool: ProcessPoolExecutor | None) -> None:
    """End the workers at once."""
    if pool is None:
        return
    workers = list((getattr(pool, "_processes", None) or {}).values())
    manager = getattr(pool, "_executor_manager_thread", None)
    queue = getattr(pool, "_call_queue", None)
    if queue is not None:  # before Python 3.12 its feeder would wait for ever for workers that are gone (CPython #94777)
        queue._reader.close()
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.terminate()
    if manager is not None:  # at its end the interpreter would wake this thread while it closes the pipe for that
        manager.join(timeout=2)
