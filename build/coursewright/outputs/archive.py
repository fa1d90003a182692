"""Several files in one: a template lists them as XML, here they become a zip archive.

The page is ``<files><file name="a/b.xml"><root/></file><file name="c.txt">words</file></files>``: a file holds one element,
and becomes an XML document, or words, and becomes a text. They stand in the archive in the order of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree
from lxml.etree import _Element

from coursewright.problems import Broken, Problem

from . import Made
from .packing import packed
from .xml import parsed


def write(page: str, name: str = "") -> Made:
    """Return the archive. Raises Broken when the page is no list of files."""
    files = list(_files(parsed(page.encode(), name), name))
    names = [file for file, _ in files]
    if twice := sorted({file for file in names if names.count(file) > 1}):
        raise Broken([Problem(f'two files of the archive are called "{each}"', name) for each in twice])
    return Made(packed(dict(files)))


def _files(root: _Element, name: str) -> Iterator[tuple[str, bytes]]:
    for element in root:
        if element.tag is not etree.Comment:
            yield _named(element, name), _content(element, name)


def _named(element: _Element, name: str) -> str:
    """The name of a file: a path below the archive, or it might be unpacked anywhere."""
    file = str(element.get("name", ""))
    path = PurePosixPath(file)
    if element.tag != "file" or not path.name or path.is_absolute() or ".." in path.parts or "\\" in file:
        hint = '<file name="folder/name.xml"> holds one element, or words'
        raise Broken([Problem(f'<{element.tag} name="{file}"> is no file of an archive', name, hint)])
    return file


def _content(element: _Element, name: str) -> bytes:
    roots = list(element.iterchildren(tag=etree.Element))
    if not roots:
        return (element.text or "").encode()
    if len(roots) > 1:
        raise Broken([Problem(f'"{element.get("name")}" holds {len(roots)} elements, a document has one', name)])
    return bytes(etree.tostring(roots[0], encoding="UTF-8", xml_declaration=True, with_tail=False)) + b"\n"
