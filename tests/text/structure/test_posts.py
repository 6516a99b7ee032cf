"""Posts of forums: what people wrote, and nothing of what stands around it."""

from made_pages import marked_up

from tui.text import document

URL_MADE = "<meta property=og:url content='https://forum.example.org/t/rain/1'>"
WROTE = (
    "It has been raining here since Monday, and the cellar is full of water; what do you use to pump it out?",
    "We borrowed a pump from the fire brigade, which took twenty minutes for the whole cellar.",
    "Me too.",
    "Thanks, both of you: I called them, and they come tomorrow at nine.",
    "Good luck!",
)


def _thread(posts: str) -> str:
    menu = "".join(f"<li><a href=/c{n}>Category {n}</a>" for n in range(9))
    return document.parse(
        marked_up(
            f"<title>Pumps</title>{URL_MADE}<ul>{menu}</ul><h1>Pumps</h1><div class=topic>{posts}</div><footer>Imprint</footer>"
        )
    ).body


def _post(text: str, name: str = "Ann", number: int = 1) -> str:
    return (
        f"<div class=reply id=p{number}><aside class=user>{name}<p>Member<p>Posts: 1,500</aside><div class=meta>{number}d ago</div>"
        f"<div class=message-text><p>{text}</div><div class=actions><a href=#r>Reply</a><button>Report</button></div></div>"
    )


def test_short_answers_are_posts_and_names_times_and_buttons_are_not() -> None:
    body = _thread("".join(_post(text, "Bo", number) for number, text in enumerate(WROTE, 1)))
    assert body.split("\n") == list(WROTE)


def test_what_every_second_post_says_is_no_post() -> None:
    gone = "This reply has been deleted!"
    body = _thread("".join(_post(text) + _post(gone) for text in (*WROTE, *WROTE[:2])))
    assert gone not in body
    assert WROTE[1] in body
