"""What a file really is that was given as a template and is none: said in the words of the program it came from."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from ...problems import Problem

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the old container of Office, also of encrypted files ([MS-CFB] 2.2)
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that holds an encrypted file ([MS-OFFCRYPTO] 2.3.4.4)
SLIDES = "PowerPoint Document".encode("utf-16-le")  # the stream of PowerPoint 97 to 2003 ([MS-PPT] 2.1.2)
GIVE = "give a .pptx or .potx that PowerPoint opens"
SAVE = "open it in PowerPoint and save it as .potx or .pptx"
MAIN = "[Content_Types].xml"
INSIDE = (  # a name inside the archive, what the file then is, what to do
    ("ppt/presentation.xml", "", ""),
    ("word/document.xml", "a Word document", GIVE),
    ("xl/workbook.xml", "an Excel workbook", GIVE),
    ("theme/theme/theme1.xml", "an Office theme, which has no slides", "apply it in PowerPoint and save the result as .potx"),
    ("Index/Document.iwa", "a Keynote file", "in Keynote: File, Export To, PowerPoint"),
    ("Index.zip", "a Keynote file", "in Keynote: File, Export To, PowerPoint"),
    ("index.apxl", "a Keynote file", "in Keynote: File, Export To, PowerPoint"),
    ("content.xml", "an OpenDocument file", "in LibreOffice Impress: File, Save As, .pptx"),
)
STARTS = ((b"%PDF-", "a PDF file"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"{\\rtf", "a text file"))


def refusal(data: bytes) -> Problem | None:
    """Return why a file cannot be a template, without place; None for one that looks like PowerPoint's."""
    if not data:
        return Problem("the file is empty", hint="perhaps it was not copied to the end; fetch it again")
    if data.startswith(COMPOUND):
        return _compound(data)
    if not data.startswith(b"PK"):
        return _foreign(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _archive(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return Problem("the file is damaged: it ends too early or is no whole archive", hint="fetch it again, or " + SAVE)


def _compound(data: bytes) -> Problem:
    if ENCRYPTED in data:
        hint = "in PowerPoint: File, Info, Protect Presentation, Encrypt with Password, and empty the field"
        return Problem("the file is protected by a password", hint=hint)
    if SLIDES in data:
        return Problem("this is a file of PowerPoint 97 to 2003 (.ppt or .pot)", hint=SAVE)
    return Problem("this is an old Office file, no PowerPoint template", hint=SAVE)


def _foreign(data: bytes) -> Problem:
    what = next((what for start, what in STARTS if data.startswith(start)), "")
    return Problem(f"this is {what}, no PowerPoint file" if what else "this is no PowerPoint file", hint=GIVE)


def _archive(names: Iterable[str]) -> Problem | None:
    held = {name.replace("\\", "/") for name in names}
    for name, what, hint in INSIDE:
        if name in held:
            return Problem(f"this is {what}", hint=hint) if what else None
    if MAIN in held:  # the main part may be called otherwise: PowerPoint itself goes by the relationships
        return None
    return Problem("this is an archive, no PowerPoint file", hint=GIVE)
