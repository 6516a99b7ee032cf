"""Threads as the software of forums marks them up, with all that it puts around what people wrote."""

from tui.core.values import dataclass

NAMES = ("Ann Moor", "bo77", "Cy", "Di Wells", "bo77", "Ed")
WROTE = (
    "It has been raining here since Monday, and the cellar is full of water; what do you use to pump it out?",
    "We borrowed a pump from the fire brigade, which took twenty minutes for the whole cellar.",
    "Me too.",
    "Twenty minutes, with one pump? Ours needed the whole night, and then the hose was clogged with leaves.",
    "Put a stocking around the end of the hose, and it will never be clogged again.",
    "Good idea! I called them, and they come tomorrow at nine.",
)
"""The fourth of them quotes the second."""
QUOTING = 3
SIGNED = "Nothing is as wet as water"
"""What bo77 has below each of his posts."""


@dataclass(frozen=True, slots=True)
class Forum:
    """What a software makes of a thread; `post` is filled with the fields of each post."""

    post: str
    quote: str
    """`{name}` wrote `{text}`."""
    around: str = "<div class=thread>{posts}</div>"
    first: str = ""
    """The first post, where it looks different."""
    first_number: int | None = None
    """Number of the first post; None: posts have none."""
    dates: bool = True
    signature: str = ""
    url: str = "https://forum.example.org/t/rain/1"

    def page(self) -> str:
        """The page as HTML."""
        posts = "".join(self._post(n) for n in range(len(WROTE)))
        menu = "".join(f"<li><a href=/c{n}>Category {n}</a>" for n in range(12))
        return (
            f"<title>Pumps - Example Forum</title><meta property=og:url content='{self.url}'>"
            f"<div id=header><a href=/>Example Forum</a><form><input><button>Search</button></form><ul>{menu}</ul></div>"
            f"{self.around.format(posts=posts)}<div id=footer><p>Imprint<p>All times are UTC</div>"
        )

    def _post(self, n: int) -> str:
        text = WROTE[n]
        if n == QUOTING:
            text = self.quote.format(name=NAMES[1], text=WROTE[1]) + text
        signature = self.signature.format(text=SIGNED) if NAMES[n] == "bo77" else ""
        template = self.first if self.first and not n else self.post
        return template.format(
            n=n + 1, id=5200 + 7 * n, name=NAMES[n], user=NAMES[n].split()[0].lower(), text=text, signature=signature,
            iso=f"2024-05-02T1{n}:05:00+00:00", day=f"2024-05-02 1{n}:05", long=f"May 2, 2024, 1{n}:05", count=1500 + 211 * n % 97,
            likes=(31 * n) % 7, rank=("Senior Member", "Newbie", "Moderator")[n % 3],
        )  # fmt: skip

    def told(self) -> list[tuple[str, str | None, int | None]]:
        """Author, day and number of each post."""
        return [
            (
                name,
                f"2024-05-02T1{n}:05" if self.dates else None,
                None if self.first_number is None else self.first_number + n,
            )
            for n, name in enumerate(NAMES)
        ]


_CRUMBS = (
    "<div class=navbar><a href=/>Board index</a> » <a href=/f1>House and garden</a> » <a href=/f2>Cellars</a></div>"
)

FORUMS = {
    "phpBB": Forum(
        "<div id=p{id} class='post has-profile bg{n}'><div class=inner><dl class=postprofile id=profile{id}><dt><a href=./memberlist.php?mode=viewprofile&amp;u={n} class=username>{name}</a></dt><dd class=profile-rank>{rank}</dd><dd class=profile-posts><strong>Posts:</strong> <a href=./search.php>{count}</a></dd><dd class=profile-joined><strong>Joined:</strong> Sun Mar 03, 2019 10:11 am</dd><dd><strong>Location:</strong> Harbour</dd></dl>"
        "<div class=postbody><div id=post_content{id}><h3><a href=#p{id}>Re: Pumps</a></h3><ul class=post-buttons><li><a href=./posting.php?mode=quote>Quote</a></li></ul><p class=author><a href=./viewtopic.php?p={id}#p{id}>Post</a> by <strong><a href=./memberlist.php?u={n} class=username>{name}</a></strong> » <time datetime={iso}>{long}</time></p><div class=content>{text}</div>{signature}</div></div><div class=back2top><a href=#top>Top</a></div></div></div><hr class=divider>",
        "<blockquote><div><cite>{name} wrote:</cite>{text}</div></blockquote>",
        "<ul id=nav-breadcrumbs><li class=breadcrumbs><span class=crumb><a href=/>Board index</a></span><span class=crumb><a href=/f1>House and garden</a></span></li></ul><h2 class=topic-title><a href=/t>Pumps</a></h2><div class=action-bar><a href=/reply>Post Reply</a><div class=pagination>6 posts • Page 1 of 1</div></div>{posts}<div class=action-bar><a href=/reply>Post Reply</a></div>",
        signature="<div class=signature>{text}</div>",
    ),
    "vBulletin 4": Forum(
        "<li class='postbitlegacy postbitim postcontainer old' id=post_{id}><div class=posthead><span class=postdate><span class=date>{day}</span></span><span class=nodecontrols><a name=post{id} href=showthread.php?p={id} class=postcounter>#{n}</a></span></div><div class=postdetails><div class=userinfo><div class=username_container><a class='username offline popupctrl' href='member.php?{n}-{user}'><strong>{name}</strong></a></div><span class=usertitle>{rank}</span><dl class=userinfo_extra><dt>Join Date</dt> <dd>Mar 2019</dd> <dt>Posts</dt> <dd>{count}</dd></dl></div>"
        "<div class=postbody><div class=postrow><h2 class='title icon'>Re: Pumps</h2><div class=content><div id=post_message_{id}><blockquote class='postcontent restore'>{text}</blockquote></div></div></div>{signature}</div></div><div class=postfoot><a class=newreply href=newreply.php>Reply With Quote</a></div></li>",
        "<div class=bbcode_container><div class=bbcode_quote><div class=quote_container><div class=bbcode_postedby>Originally Posted by <strong>{name}</strong></div><div class=message>{text}</div></div></div></div>",
        f"<div id=breadcrumb class=breadcrumb>{_CRUMBS}</div><div id=pagetitle class=pagetitle><h1>Thread: <span class=threadtitle>Pumps</span></h1></div><div class=postlist><ol id=posts class=posts>{{posts}}</ol></div>",
        first_number=1,
        signature="<blockquote class='signature restore'><div class=signaturecontainer>{text}</div></blockquote>",
    ),
    "vBulletin 3": Forum(
        "<div align=center><div class=page><div><table id=post{id} class=tborder width=100%><tr><td class=thead><div class=normal style='float:right'>&nbsp;#<a href=showpost.php?p={id} name={n}><strong>{n}</strong></a>&nbsp;</div><div class=normal>{day}</div></td></tr><tr><td class=alt2><table><tr><td nowrap><div id=postmenu_{id}><a class=bigusername href=member.php?u={n}>{name}</a></div><div class=smallfont>{rank}</div></td><td valign=top><div class=smallfont><div>Join Date: Mar 2019</div><div>Location: Harbour</div><div>Posts: {count}</div></div></td></tr></table></td></tr>"
        "<tr><td class=alt1 id=td_post_{id}><div class=smallfont><strong>Re: Pumps</strong></div><hr><div id=post_message_{id}>{text}</div>{signature}<div align=right><a href=newreply.php>Reply With Quote</a></div></td></tr></table></div></div></div>",
        "<div style='margin:20px'><div class=smallfont>Quote:</div><table><tr><td class=alt2><div>Originally Posted by <strong>{name}</strong></div><blockquote>{text}</blockquote></td></tr></table></div>",
        f"<table class=tborder><tr><td class=alt1>{_CRUMBS}<strong>Pumps</strong></td></tr></table><div id=posts>{{posts}}</div>",
        first_number=1,
        signature="<div>__________________<br>{text}</div>",
    ),
    "XenForo 2": Forum(
        "<article class='message message--post js-post' data-author='{name}' id=js-post-{id}><div class=message-inner><div class='message-cell message-cell--user'><section class=message-user><div class=message-userDetails><h4 class=message-name><a href=/members/{user}.{n}/ class=username>{name}</a></h4><h5 class='userTitle message-userTitle'>{rank}</h5></div><div class=message-userExtras><dl class=pairs><dt>Joined</dt><dd>Mar 3, 2019</dd></dl><dl class=pairs><dt>Messages</dt><dd>{count}</dd></dl><dl class=pairs><dt>Reaction score</dt><dd>{likes}</dd></dl></div></section></div>"
        "<div class='message-cell message-cell--main'><div class=message-main><header class='message-attribution message-attribution--split'><ul class=message-attribution-main><li><a href=/threads/pumps.1/post-{id}><time class=u-dt datetime={iso}>{long}</time></a></li></ul><ul class='message-attribution-opposite'><li><a href=/threads/pumps.1/post-{id}>#{n}</a></li></ul></header><div class=message-content><article class='message-body js-selectToQuote'><div class=bbWrapper>{text}</div></article></div><footer class=message-footer><div class=reactionsBar><a class=reactionsBar-link href=/r><bdi>Cy</bdi> and <bdi>Ed</bdi></a></div></footer>{signature}</div></div></div></article>",
        "<blockquote data-quote='{name}' class='bbCodeBlock bbCodeBlock--expandable bbCodeBlock--quote'><div class=bbCodeBlock-title><a href=/goto class=bbCodeBlock-sourceJump>{name} said:</a></div><div class=bbCodeBlock-content><div class=bbCodeBlock-expandContent>{text}</div><div class=bbCodeBlock-expandLink><a>Click to expand...</a></div></div></blockquote>",
        "<ul class=p-breadcrumbs><li><a href=/>Forums</a></li><li><a href=/f1>House and garden</a></li></ul><div class=p-title><h1 class=p-title-value>Pumps</h1></div><div class=p-description><ul><li>Thread starter <a href=/members/ann.1/ class=username>Ann Moor</a></li><li>Start date <time datetime=2024-05-02T10:05:00+00:00>May 2, 2024</time></li></ul></div><div class='block block--messages'>{posts}</div>",
        first_number=1,
        signature="<aside class=message-signature><div class=bbWrapper>{text}</div></aside>",
    ),
    "Discourse": Forum(
        "<div id=post_{n} itemprop=comment class='topic-body crawler-post comment'><div class=crawler-post-meta><span class=creator itemprop=author><a itemprop=url href=/u/{user}><span itemprop=name>{name}</span></a></span><span class=crawler-post-infos><time datetime={iso} class=post-time>{long}</time><span itemprop=position>{n}</span></span></div><div class=post itemprop=text><p>{text}</p></div><div itemprop=interactionStatistic><span class=post-likes>{likes} Likes</span></div></div>",
        "<aside class=quote data-username='{name}'><div class=title>{name}:</div><blockquote><p>{text}</p></blockquote></aside><p>",
        "<div id=main-outlet class=wrap><div id=topic-title><h1><a href=/t/rain/1>Pumps</a></h1><div class=topic-category><span class=badge-category>House and garden</span></div></div><div>{posts}</div></div>",
        "<div id=post_{n} class='topic-body crawler-post'><div class=crawler-post-meta><span class=creator itemprop=author><a itemprop=url href=/u/{user}><span itemprop=name>{name}</span></a></span><span class=crawler-post-infos><time datetime={iso} class=post-time>{long}</time><span itemprop=position>{n}</span></span></div><div class=post itemprop=text><p>{text}</p></div></div>",
        first_number=1,
    ),
    "IPS 4": Forum(
        "<a id=comment-{id}></a><article id=elComment_{id} class='cPost ipsBox ipsComment ipsComment_parent'><aside class='ipsComment_author cAuthorPane'><h3 class=cAuthorPane_author><strong><a href=/profile/{n}-{user}/>{name}</a></strong></h3><ul class=cAuthorPane_info><li data-role=group>{rank}</li><li data-role=posts><a href=/profile/{n}-{user}/content/>{count} posts</a></li></ul></aside>"
        "<div id=comment-{id}_wrap class=ipsComment_content><div class=ipsComment_meta><a href=/t/1/?findComment={id} class=ipsType_blendLinks>Posted <time datetime={iso} title='{day}'>{long}</time></a><ul class=ipsComment_tools><li><a href=/report>Report post</a></li><li><a href=/share>Share</a></li></ul></div><div class=cPost_contentWrap><div data-role=commentContent class='ipsType_richText'><p>{text}</p></div>{signature}<ul class=ipsComment_controls><li><a href=/q>Quote</a></li></ul></div></div></article>",
        "<blockquote class=ipsQuote data-ipsquote-username='{name}'><div class=ipsQuote_citation>1 hour ago, {name} said:</div><div class=ipsQuote_contents><p>{text}</p></div></blockquote><p>",
        "<nav class=ipsBreadcrumb><ul><li><a href=/>Home</a></li><li><a href=/f1>House and garden</a></li></ul></nav><h1 class=ipsType_pageTitle>Pumps</h1><div id=elPostFeed><form action=/t/1>{posts}</form></div>",
        signature="<div data-role=memberSignature class=ipsHr><div class='ipsType_light ipsType_richText signature'><p>{text}</p></div></div>",
    ),
    "SMF 2": Forum(
        "<div class=windowbg{n}><div class=post_wrapper><div class=poster><h4><a href=index.php?action=profile;u={n} title='View the profile of {name}'>{name}</a></h4><ul class='reset smalltext' id=msg_{id}_extra_info><li class=membergroup>{rank}</li><li class=postcount>Posts: {count}</li></ul></div>"
        "<div class=postarea><div class=flow_hidden><div class=keyinfo><h5 id=subject_{id}><a href=index.php?topic=1.msg{id}#msg{id}>Re: Pumps</a></h5><div class=smalltext>&#171; <strong>Reply #{n} on:</strong> {long} &#187;</div></div><ul class='reset smalltext quickbuttons'><li class=quote_button><a href=index.php?action=post>Quote</a></li></ul></div><div class=post><div class=inner id=msg_{id}>{text}</div></div></div><div class=moderatorbar><div class=reportlinks>Logged</div>{signature}</div></div></div><hr class=post_separator>",
        "<div class=quoteheader><div class=topslice_quote><a href=index.php?topic=1>Quote from: {name} on May 2, 2024, 11:05</a></div></div><blockquote class=bbc_standard_quote>{text}</blockquote><div class=quotefooter></div>",
        "<div class=navigate_section><ul><li><a href=/>Example Forum</a> &#187;</li><li><a href=/f1>House and garden</a> &#187;</li><li class=last><a href=/t1>Pumps</a></li></ul></div><div id=forumposts><div class=cat_bar><h3 class=catbg>Topic: Pumps  (Read 1500 times)</h3></div><form>{posts}</form></div>",
        first_number=1,
        signature="<div class=signature id=msg_{{id}}_signature>{text}</div>",
    ),
    "MyBB": Forum(
        "<div class='post classic' id=post_{id}><div class=post_author><div class=author_information><strong><span class=largetext><a href=member.php?action=profile&amp;uid={n}>{name}</a></span></strong><br><span class=smalltext>{rank}<br></span></div><div class=author_statistics>Posts: {count}<br>Threads: 12<br>Joined: Mar 2019<br>Reputation: <strong>{likes}</strong></div></div>"
        "<div class=post_content><div class=post_head><div class=float_right><strong><a href=showthread.php?pid={id}>#{n}</a></strong></div><span class=post_date>{day}</span></div><div class='post_body scaleimages' id=pid_{id}>{text}</div>{signature}</div><div class=post_controls><div class='postbit_buttons author_buttons float_left'><a href=search.php class=postbit_find>Find</a></div><div class='postbit_buttons post_management_buttons'><a href=newreply.php class=postbit_quote>Reply</a></div></div></div>",
        "<blockquote class=mycode_quote><cite><span> (2024-05-02, 11:05)</span>{name} Wrote: </cite>{text}</blockquote>",
        f"<div class=navigation>{_CRUMBS}</div><table class=tborder><tr><td class=thead><strong>Pumps</strong></td></tr><tr><td id=posts_container><div id=posts>{{posts}}</div></td></tr></table>",
        first_number=1,
        signature="<div class='signature scaleimages'>{text}</div>",
    ),
    "Discuz! X": Forum(
        "<div id=post_{id}><table id=pid{id} class=plhin cellspacing=0><tr><td class=pls rowspan=2><div id=favatar{id} class='pls favatar'><div class=pi><div class=authi><a href=home.php?mod=space&amp;uid={n} class=xw1>{name}</a></div></div><div class='tns xg2'><table><tr><th><p><a href=home.php class=xi2>12</a></p>主题</th><th><p><a href=home.php class=xi2>{count}</a></p>帖子</th></tr></table></div><p><em><a href=home.php>高级会员</a></em></p></div></td>"
        "<td class=plc><div class=pi><strong><a href='forum.php?mod=redirect&amp;pid={id}' id=postnum{id}><em>{n}</em><sup>#</sup></a></strong><div class=pti><div class=authi><em id=authorposton{id}>发表于 {day}</em><span class=pipe>|</span><a href=forum.php>只看该作者</a></div></div></div><div class=pct><div class=pcb><div class=t_fsz><table cellspacing=0><tr><td class=t_f id=postmessage_{id}>{text}</td></tr></table></div></div></div></td></tr><tr><td class='plc plm'>{signature}</td></tr><tr><td class=pls></td><td class=plc><div class='po hin'><div class='pob cl'><em><a class=fastre href=forum.php>回复</a></em><p><a href=javascript:;>举报</a></p></div></div></td></tr></table></div>",
        "<div class=quote><blockquote><font color=#999999>{name} 发表于 2024-05-02 11:05</font><br>{text}</blockquote></div>",
        "<div id=pt class='bm cl'><div class=z><a href=./>论坛</a><em>›</em><a href=/f1>房屋与花园</a></div></div><div id=postlist class='pl bm'><table class=ad><tr><td class='plc ptm pbn vwthd'><h1 class=ts><span id=thread_subject>Pumps</span></h1></td></tr></table>{posts}</div>",
        first_number=1,
        signature="<div class=sign>{text}</div>",
        url="https://bbs.example.cn/thread-1-1-1.html",
    ),
    "tieba": Forum(
        "<div class='l_post l_post_bright j_l_post clearfix'><div class='d_author'><ul class=p_author><li class=icon><a href=/home/main?un={user}></a></li><li class=d_name><a class='p_author_name j_user_card' href='/home/main?un={user}&amp;fr=pb'>{name}</a></li><li class=l_badge><div class=p_badge><a href=/badge><div class=d_badge_title>初级粉丝</div><div class=d_badge_lv>{likes}</div></a></div></li></ul></div>"
        "<div class='d_post_content_main'><div class=p_content><cc><div id=post_content_{id} class='d_post_content j_d_post_content clearfix'>{text}</div></cc></div><div class=core_reply><div class='core_reply_tail clearfix'><div class=j_lzl_r><a class=lzl_link_unfold href=#>回复</a></div><div class=post-tail-wrap><span class=tail-info>来自Android客户端</span><span class=tail-info>{n}楼</span><span class=tail-info>{day}</span></div></div></div></div></div>",
        "<blockquote><p>回复 {name}：{text}</p></blockquote>",
        "<div class=card_top><a class=card_title_fname href=/f>家装吧</a><span>关注：12,345</span><span>贴子：99,123</span></div><div class=core_title_wrap_bright><h3 class='core_title_txt pull-left text-overflow'>Pumps</h3><ul class=core_title_btns><li><a href=#>只看楼主</a></li><li><a href=#>收藏</a></li><li><a href=#>回复</a></li></ul></div><div id=j_p_postlist class=p_postlist>{posts}</div>",
        first_number=1,
        url="https://tieba.example.com/p/123?tid=123",
    ),
    "WordPress comments": Forum(
        "<li class='comment depth-1' id=comment-{id}><article id=div-comment-{id} class=comment-body><footer class=comment-meta><div class='comment-author vcard'><b class=fn><a href=https://{user}.example.net class=url>{name}</a></b> <span class=says>says:</span></div><div class=comment-metadata><a href=#comment-{id}><time datetime={iso}>{long}</time></a></div></footer><div class=comment-content><p>{text}</p></div><div class=reply><a class=comment-reply-link href=#r>Reply</a></div></article></li>",
        "<blockquote><p>{text}</p></blockquote><p>",
        "<div class=breadcrumbs><a href=/>Home</a> › <a href=/f1>House and garden</a></div><h1>Pumps</h1><div id=comments class=comments-area><h2 class=comments-title>Six thoughts on “Pumps”</h2><ol class=comment-list>{posts}</ol></div>",
    ),
    "Stack Exchange": Forum(
        "<div id=answer-{id} class='answer js-answer'><div class=post-layout><div class='votecell post-layout--left'><div class='js-voting-container'><button>Up</button><div class=js-vote-count>{likes}</div><button>Down</button></div></div><div class='answercell post-layout--right'><div class='s-prose js-post-body'><p>{text}</p></div><div class=mt24><div class=js-post-menu><a class=js-share-link href=/a/{id}>Share</a><button>Follow</button></div><div class='post-signature'><div class='user-info'><div class=user-action-time>answered <span title='{day}Z' class=relativetime>{long}</span></div><div class=user-details><a href=/users/{n}/{user}>{name}</a><div class=-flair><span class=reputation-score>{count}</span></div></div></div></div></div></div></div></div>",
        "<blockquote><p>{text}</p></blockquote><p>",
        "<div id=question-header><h1><a href=/questions/1/pumps class=question-hyperlink>Pumps</a></h1></div><div id=mainbar>{posts}</div>",
        "<div class='question js-question' id=question><div class=post-layout><div class='votecell post-layout--left'><div class=js-voting-container><button>Up</button><div class=js-vote-count>{likes}</div><button>Down</button></div></div><div class='postcell post-layout--right'><div class='s-prose js-post-body'><p>{text}</p></div><div class=post-taglist><a href=/tags/pump>pump</a></div><div class=mb0><div class=js-post-menu><a href=/q/{id}>Share</a></div><div class=post-signature><div class=user-info><div class=user-action-time>asked <span title='{day}Z' class=relativetime>{long}</span></div><div class=user-details><a href=/users/{n}/{user}>{name}</a></div></div></div></div></div></div></div>",
        url="https://cellars.example.com/questions/1/pumps",
    ),
    "Hacker News": Forum(
        "<tr class='athing comtr' id={id}><td><table><tr><td class=ind></td><td class=votelinks><center><a href=vote?id={id}><div class=votearrow title=upvote></div></a></center></td><td class=default><div><span class=comhead><a href=user?id={user} class=hnuser>{name}</a> <span class=age title={iso}><a href=item?id={id}>{long}</a></span> <span class=navs>| <a href=#next>next</a></span></span></div><div class=comment><div class='commtext c00'>{text}</div><div class=reply><p><font size=1><u><a href=reply?id={id}>reply</a></u></font></div></div></td></tr></table></td></tr>",
        "<i>&gt; {text}</i><p>",
        "<table class=hnmain><tr><td><span class=pagetop><a href=news>new</a> | <a href=newcomments>comments</a></span></td></tr><tr><td><table class=fatitem><tr class=athing><td class=title><span class=titleline><a href=https://example.org/pumps>Pumps</a></span></td></tr></table><table class=comment-tree>{posts}</table></td></tr></table>",
        url="https://news.example.com/item/threads/1",
    ),
    "Reddit, as it was": Forum(
        "<div class='thing id-t1_{id} noncollapsed comment' id=thing_t1_{id}><p class=parent><a name={id}></a></p><div class=midcol><div class='arrow up' role=button></div></div><div class='entry unvoted'><p class=tagline><a href=javascript:void(0) class=expand>[–]</a><a href=https://www.example.com/user/{user} class=author>{name}</a><span class=score>{likes} points</span> <time title='{day}' datetime={iso} class=live-timestamp>{long}</time></p><form class='usertext'><div class='usertext-body may-blank-within md-container'><div class=md><p>{text}</p></div></div></form><ul class='flat-list buttons'><li class=first><a href=/c/{id} class=bylink>permalink</a></li><li><a href=#>save</a></li><li class=reply-button><a href=#>reply</a></li></ul></div><div class=child></div><div class=clearleft></div></div>",
        "<blockquote><p>{text}</p></blockquote><p>",
        "<div id=siteTable class='sitetable linklisting'><div class='thing link'><div class=entry><p class=title><a class=title href=/r/cellars/comments/1/pumps>Pumps</a></p><p class=tagline>submitted to <a href=/r/cellars class=subreddit>cellars</a></p></div></div></div><div class=commentarea><div class=panestack-title><span class=title>all 6 comments</span></div><div class='sitetable nestedlisting'>{posts}</div></div>",
        url="https://old.example.com/r/cellars/comments/1/pumps",
    ),
}  # fmt: skip
