"""Exports of a wiki for tests, as MediaWiki's dumpBackup and wikiextractor write them."""

from collections.abc import Sequence
from html import escape

SITE = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="de">
  <siteinfo>
    <sitename>Wetterwiki</sitename>
    <base>https://wiki.example/wiki/Hauptseite</base>
    <generator>MediaWiki 1.43.0</generator>
    <namespaces>
      <namespace key="0" case="first-letter" />
      <namespace key="6" case="first-letter">Datei</namespace>
      <namespace key="14" case="first-letter">Kategorie</namespace>
    </namespaces>
  </siteinfo>
"""
END = "</mediawiki>\n"


def revision(
    text: str, number: int = 1, *, who: str = "<username>Ann Bauer</username>", model: str = "wikitext"
) -> str:
    """One revision; the text is escaped as the writer does it."""
    return (
        f"    <revision>\n      <id>{number}</id>\n      <timestamp>2021-03-0{number}T06:07:08Z</timestamp>\n"
        f"      <contributor>\n        {who}\n        <id>7</id>\n      </contributor>\n      <comment>links &amp; text</comment>\n"
        f"      <model>{model}</model>\n      <format>text/x-wiki</format>\n"
        f'      <text bytes="{len(text.encode())}" sha1="x" xml:space="preserve">{escape(text)}</text>\n'
        f'      <content>\n        <role>mediainfo</role>\n        <text bytes="2">{{}}</text>\n      </content>\n    </revision>\n'
    )


def page(title: str, *revisions: str, number: int = 1, more: str = "") -> str:
    """One page as it stands in an export, without the blanks before it."""
    head = f"<page>\n    <title>{escape(title)}</title>\n    <ns>0</ns>\n    <id>{number}</id>\n{more}"
    return f"{head}{''.join(revisions)}  </page>"


def export(pages: Sequence[str]) -> str:
    """A whole export."""
    return SITE + "".join(f"  {each}\n" for each in pages) + END


PAGES = [
    page(
        "Regen & Wind",
        revision(
            "'''Regen''' ist [[Wasser|flüssiges Wasser]].\n\n== Ursachen ==\n* [[Wolke]]n\n\n[[Kategorie:Wetter]]"
        ),
    ),
    page(
        "Niederschlag",
        revision("#WEITERLEITUNG [[Regen & Wind]]", who="<ip>192.0.2.1</ip>"),
        number=2,
        more='    <redirect title="Regen &amp; Wind" />\n',
    ),
    page("雨", revision("舊文", 1), revision("雨是水的一种，<page> 不是标签。", 2), number=3),
]
"""An article with links, a redirect, and one that was changed."""

DOCS = [
    '<doc id="12" url="https://wiki.example/wiki?curid=12" title="Rain">\nRain\n\nRain is &lt;a href="water"&gt;water&lt;/a&gt;, 1 &lt; 2.\n\nCauses.\nClouds &amp; wind.\n</doc>',
    '<doc id="13" url="https://wiki.example/wiki?curid=13" title="The "A" team">\nThe "A" team\n\nIt played.\n</doc>',
    '<doc id="14" url="https://wiki.example/wiki/雨" title="雨" language="zh" revision="3">\n雨\n\n雨是水的一种。\n</doc>',
]
