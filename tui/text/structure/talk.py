"""What people said on a page: whether that is what the page is about, or comments on what is."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

from tui.core.page import Node
from tui.core.values import dataclass
from tui.text.markup.paragraphs import Paragraph
from tui.text.structure.places import COMMENT_NAMES, EMBEDDED, hints_with, names
from tui.text.structure.posts import Signature, is_stamp, signature_of

_THREAD = frozenset({"forum", "thread", "postlist", "threads", "bbs", "bbpress", "phpbb"})
_POST = frozenset({"post", "reply", "message", "answer"})
_MIN_POSTS = 3
_MIN_ANSWERS = 4
"""Elements with stamps from which on they are a forum's posts, where hardly anything stands beside them."""
_NEARLY_ALL = 0.8
"""Share of the running text that such posts hold."""
_MIN_ARTICLE = 100.0
"""Size of running text from which on what is talked about is an article."""
_MIN_SAID = 8.0
"""Size of what somebody says on average; stamps stand beside less in lists."""
_MIN_TITLE = 7.0
"""Size from which on a link may lead to what an element is a teaser of."""
_ROOTS = frozenset({"html", "body", "main", ""})


@dataclass(frozen=True, slots=True)
class Talk:
    """What people said, as the markup repeats it."""

    posts: tuple[int, ...] = ()
    """Elements of one kind that hold text with a stamp each."""
    share: float = 0.0
    """Of the page's running text, what stands in them."""
    comments: frozenset[int] = frozenset()
    """Elements with what is said about an article that stands between the headline and them."""
    is_named: bool = False
    """Elements named for posts stand in one named for a thread, and no article above them."""

    def is_topic(self, *, in_forum: bool = False) -> bool:
        """Say whether it is what the page is about; a page that is called a forum's needs less for it."""
        if in_forum:
            return self.is_named or len(self.posts) >= _MIN_POSTS
        is_told = len(self.posts) >= _MIN_ANSWERS and self.share >= _NEARLY_ALL and not self.comments
        return self.is_named or is_told


def find(lines: Sequence[Paragraph], nodes: Sequence[Node], headline: int = -1) -> Talk:
    """Return what people said on a page, and whether it is about an article below the `headline`.

    >>> from tui.text.markup import html, paragraphs
    >>> said = "".join(f"<li class=item><b>Ann, {n}d ago</b><p>It rained all day here, again.</p>" for n in range(1, 5))
    >>> page = html.parse(f"<ul>{said}</ul>")
    >>> find(paragraphs.read(page.text, page.lines), list(page.nodes)).is_topic()
    True
    """
    stamps = [is_stamp(line) for line in lines]
    hints = hints_with(nodes, COMMENT_NAMES)
    threads = _threads(nodes)
    if sum(stamps) < _MIN_POSTS and not hints and not threads:
        return Talk()
    page = _Page(lines, nodes, headline, stamps)
    posts, share = page.posts()
    named = [number for number, node in enumerate(nodes) if node.hint in hints]
    said = [number for number in (*(posts if len(posts) >= _MIN_POSTS else ()), *named) if page.is_below(number)]
    is_about = min(map(page.before, said), default=0.0) >= _MIN_ARTICLE
    comments = frozenset(said if is_about else ())
    is_named = len(threads) >= _MIN_POSTS and page.before(threads[0]) < _MIN_ARTICLE
    return Talk(posts, share, comments, is_named)


class _Page:
    """Sums over the lines of a page and its elements."""

    def __init__(
        self, lines: Sequence[Paragraph], nodes: Sequence[Node], headline: int, is_stamped: Sequence[bool]
    ) -> None:
        self._nodes = nodes
        running = [line.size if line.is_sentence and line.linked < 0.5 else 0.0 for line in lines]
        self._so_far = [0.0, *accumulate(running)]
        self._headline, self._start = headline, max(headline, 0)
        self._first = first = [len(lines)] * len(nodes)
        sums = [[0.0] * len(nodes) for _ in range(4)]
        self._running, self._stamps, self._said, self._titles = sums
        for number in range(len(lines) - 1, -1, -1):
            line = lines[number]
            first[line.node] = number
            self._running[line.node] += running[number]
            if is_stamped[number]:
                self._stamps[line.node] += 1.0
            elif line.linked < 0.5:
                self._said[line.node] += line.size
            elif line.size > _MIN_TITLE and not (headline >= 0 and lines[headline].text in line.text):
                self._titles[line.node] += 1.0
        self._end = end = list(range(len(nodes)))
        """For each element, the last that stands in it."""
        for number in range(len(nodes) - 1, 0, -1):
            above = nodes[number].parent
            if above >= 0:
                if first[number] < first[above]:
                    first[above] = first[number]
                if end[number] > end[above]:
                    end[above] = end[number]
                for sizes in sums:
                    sizes[above] += sizes[number]

    def is_below(self, number: int) -> bool:
        """Say whether an element holds running text, all of it below the headline."""
        return self._running[number] > 0 and self._first[number] > self._headline

    def before(self, number: int) -> float:
        """Running text between the headline and the first line of an element."""
        return self._so_far[max(self._first[number], self._start)] - self._so_far[self._start]

    def posts(self) -> tuple[tuple[int, ...], float]:
        """The kind of element that holds most of what stands beside stamps, and its share of the running text."""
        total = max(self._running, default=0.0) or 1.0
        best: tuple[int, ...] = ()
        most = share = 0.0
        for kind in self._stamped().values():
            outer = tuple(self._outermost(kind))
            held = sum(self._running[number] for number in outer) / total
            worth = held * min(len(outer), _MIN_ANSWERS)
            # Teasers have dates, too, and lead to what they are teasers of; rows of lists hold less.
            is_led = 2 * sum(self._titles[number] > 0 for number in outer) >= len(outer)
            said = sum(self._said[number] for number in outer)
            if worth > most and said >= _MIN_SAID * len(outer) and not is_led:
                most, best, share = worth, outer, held
        return best, share

    def _outermost(self, numbers: Sequence[int]) -> Iterator[int]:
        """Those of some elements that stand in none of the others."""
        end = -1
        for number in numbers:
            if number > end:
                yield number
                end = self._end[number]

    def _stamped(self) -> dict[tuple[Signature, int], list[int]]:
        """Elements with text and a stamp, by their kind; those whose names say nothing are of one kind only within one element."""
        kinds: dict[tuple[Signature, int], list[int]] = defaultdict(list)
        for number, node in enumerate(self._nodes):
            is_stamped = self._stamps[number] and self._said[number]
            if is_stamped and node.hint and node.tag not in _ROOTS and names(node).isdisjoint(EMBEDDED):
                kind = signature_of(node)
                kinds[kind, -1 if kind[1] else node.parent].append(number)
        return kinds


def _threads(nodes: Sequence[Node]) -> list[int]:
    """Elements named for posts that stand in one named for a thread or a forum: those of the commonest kind.

    >>> _threads([Node(-1, "div", "thread"), *[Node(0, "div", "post")] * 3, Node(-1, "div", "post")])
    [1, 2, 3]
    """
    # Blogs call the comments on an article threads, too.
    threads = hints_with(nodes, _THREAD) - hints_with(nodes, COMMENT_NAMES)
    named = hints_with(nodes, _POST)
    if not (threads and named):
        return []
    in_thread: list[bool] = []
    posts: dict[Signature, list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        above = node.parent >= 0 and in_thread[node.parent]
        in_thread.append(above or (node.tag != "body" and node.hint in threads))
        if above and node.hint in named:
            posts[signature_of(node)].append(number)
    return max(posts.values(), key=len, default=[])
