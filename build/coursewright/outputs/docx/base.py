"""The empty document that everything is put into, and the finished archive: the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

import docx

from ..packing import packed
from .brand import Brand, theme
from .nodes import SPACES

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {  # name → content type, and what the document calls the relationship
    "styles": (f"{WORD}.styles+xml", "styles"),
    "settings": (f"{WORD}.settings+xml", "settings"),
    "numbering": (f"{WORD}.numbering+xml", "numbering"),
    "fontTable": (f"{WORD}.fontTable+xml", "fontTable"),
    "theme/theme1": ("application/vnd.openxmlformats-officedocument.theme+xml", "theme"),
}
DEFAULTS = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/>'
    '<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" w:defQFormat="0"'
    ' w:count="376"/>'
)
WORD_URI = "http://schemas.microsoft.com/office/word"
CURRENT = 15  # Word 2013 and all later ones: no "Compatibility Mode"
SETTINGS = (
    '<w:zoom w:percent="100"/>{mirrored}<w:defaultTabStop w:val="720"/>{sided}<w:characterSpacingControl w:val="doNotCompress"/>'
    f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{WORD_URI}" w:val="{CURRENT}"/>'
    f'<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="{WORD_URI}" w:val="1"/>'
    f'<w:compatSetting w:name="differentiateMultirowTableHeaders" w:uri="{WORD_URI}" w:val="1"/>'
    '</w:compat><w:themeFontLang w:val="{language}"/>'
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2"'
    ' w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"'
    ' w:followedHyperlink="followedHyperlink"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)
CORE = (
    f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
)
APP = (
    f'{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion></Properties>"
)


def empty(own: Brand, language: str, *, is_mirrored: bool) -> Any:
    """Return a python-docx document without a paragraph and without a style. Left and right pages mirror each other if asked."""
    parts: dict[str, str | bytes] = {
        "word/document.xml": f"{XML}<w:document {SPACES}><w:body><w:sectPr/></w:body></w:document>",
        "word/styles.xml": f"{XML}<w:styles {SPACES}>{DEFAULTS.format(language=language)}</w:styles>",
        "word/settings.xml": f"{XML}<w:settings {SPACES}>{_settings(language, is_mirrored)}</w:settings>",
        "word/numbering.xml": f"{XML}<w:numbering {SPACES}/>",
        "word/fontTable.xml": f"{XML}<w:fonts {SPACES}>{_fonts(own)}</w:fonts>",
        "word/theme/theme1.xml": theme(own),
        "docProps/core.xml": CORE,
        "docProps/app.xml": APP,
        "word/_rels/document.xml.rels": _related((each[1], f"{name}.xml", OFFICE) for name, each in PARTS.items()),
        "_rels/.rels": _related(
            (
                ("officeDocument", "word/document.xml", OFFICE),
                ("metadata/core-properties", "docProps/core.xml", f"{PACKAGE}/relationships"),
                ("extended-properties", "docProps/app.xml", OFFICE),
            )
        ),
        "[Content_Types].xml": _types(),
    }
    return docx.Document(
        io.BytesIO(_zipped({name: part if isinstance(part, bytes) else part.encode() for name, part in parts.items()}))
    )


def saved(document: Any) -> bytes:
    """Return a finished document as a file whose bytes depend on nothing else."""
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return _zipped({name: archive.read(name) for name in archive.namelist()})


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """In the order in which programs look for parts: what there is, what leads where, then by name."""
    names = sorted(parts, key=lambda each: (each != "[Content_Types].xml", not each.startswith("_rels"), each))
    return packed({name: parts[name] for name in names})


def _settings(language: str, is_mirrored: bool) -> str:
    mirrored, sided = ("<w:mirrorMargins/>", "<w:evenAndOddHeaders/>") if is_mirrored else ("", "")
    return SETTINGS.format(mirrored=mirrored, sided=sided, language=language)


def _fonts(own: Brand) -> str:
    return "".join(f"<w:font w:name={quoteattr(name)}/>" for name in dict.fromkeys((own.sans, own.serif)))


def _related(targets: Any) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{space}/{kind}" Target="{target}"/>'
        for number, (kind, target, space) in enumerate(targets, 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _types() -> str:
    named = {f"/word/{name}.xml": kind for name, (kind, _) in PARTS.items()}
    named |= {
        "/word/document.xml": f"{WORD}.document.main+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in named.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{XML}<Types xmlns="{PACKAGE}/content-types">{rels}{xml}{rows}</Types>'
