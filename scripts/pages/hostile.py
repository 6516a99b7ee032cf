"""A page that tries everything on the terminal and on the program that shows it; its text must stay as it is."""

from html import escape

from pages.sample import Answer, Item, Listing, Sample, headlines

_ESC = "\x1b"
_BELL = "\x07"
_CSI = "\x9b"
"""The one-character form of ESC [."""
_ST = "\x9c"
_RLO = "\N{RIGHT-TO-LEFT OVERRIDE}"
_PDF = "\N{POP DIRECTIONAL FORMATTING}"
_ZWSP = "\N{ZERO WIDTH SPACE}"

TITLE = f"Lighthouse café reopens {_ESC}]0;OWNED{_BELL}after {_ESC}[31mstorm[/] repairs"

PARAGRAPHS = (
    f"The café below the lighthouse reopened on Monday, {_ESC}[2J{_ESC}[Hwith new windows and {_CSI}31mred{_CSI}0m shutters.",
    f"Its menu is {_ESC}]8;;https://evil.example/{_ESC}\\printed on sailcloth{_ESC}]8;;{_ESC}\\ and copied {_ESC}]52;c;cm0gLXJmIC8K{_BELL}by hand.",
    "[@click=app.quit]Quit the storm[/] was the cook’s first soup; [bold red]Tomato[/bold red] the second, and [/] the third had no name.",
    f"The chalkboard reads {_RLO}tsaot dna sgge{_PDF} backwards, for which the owner, Odile Marsh, blames the mirror.",
    f"A guest left a note{_ZWSP}book{_ZWSP}with in\N{SOFT HYPHEN}visible seams, ten\N{COMBINING ACUTE ACCENT}"
    + "\N{COMBINING TILDE}" * 12
    + " accents and {braces} %s %n $(reboot) `reboot`.",
    "The longest receipt of the season ran to one line: " + "soup" * 500,
    f'Device status was asked for {_ESC}[6n{_ESC}[c{_ESC}P$q"p{_ESC}\\ and politely declined{_ST}.',
)

ITEMS = (
    Item(f"Windows {_ESC}[5mblink{_ESC}[0m no more", "javascript:alert(document.cookie)", "2025-01-11"),
    Item("[/][link=file:///etc/passwd]Recipe for pea soup[/link]", "file:///etc/passwd", "2025-01-09"),
    Item(f"{_RLO}ebircsbus{_PDF} to the weather list", f"https://a.example/{_ESC}]8;;x", "2025-01-08"),
)


def samples() -> list[Sample]:
    """One page; nothing is damaged, so nothing may be changed."""
    body = "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in PARAGRAPHS)
    rows = "\n".join(
        f'<li><a href="{escape(item.url or "")}" title="{_ESC}[8m{escape(item.title)}">{escape(item.title, quote=False)}</a> {item.date}</li>'
        for item in ITEMS
    )
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{escape(TITLE, quote=False)}</title>
<meta name="author" content="Odile{_CSI}1m Marsh [/]">
</head>
<body>
<div class="menu"><a href="/">Home</a> <a href="/menu" title="{_ESC}]0;menu{_BELL}">Menu</a></div>
<article>
<h1>{escape(TITLE, quote=False)}</h1>
<p class="date">12 January 2025</p>
<img src="/cafe.jpg" alt="{_ESC}[41mA café[/] {_RLO}gnp.exe{_PDF}">
{body}
</article>
<div class="related"><h3>Related news</h3>
<ul>
{rows}
</ul></div>
</body>
</html>
"""
    answer = Answer(
        title=TITLE,
        type="article",
        language="en",
        charset="utf-8",
        body=list(PARAGRAPHS),
        headlines=headlines((Listing("related", "Related news", ITEMS),)),
        metadata={"date": "2025-01-12", "author": [f"Odile{_CSI}1m Marsh [/]"]},
        text_contains=[TITLE, *PARAGRAPHS, *(item.title for item in ITEMS)],
    )
    return [Sample("hostile-text.html", page.encode(), (answer,))]
