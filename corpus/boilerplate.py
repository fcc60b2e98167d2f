"""What a single line of a pasted page is, if it is no part of the article: general rules for both languages.

Each rule reads one line. What needs the lines around it (titles, lists of links, bylines) is in `corpus.pages`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.layout import columns


class Role(StrEnum):
    """Why a line is no part of the article."""

    IMAGE = "image"
    CREDIT = "credit"
    NAVIGATION = "navigation"
    TRAIL = "trail"
    SHARING = "sharing"
    CALL = "call"
    STAFF = "staff"
    SOURCE = "source"
    ORIGINAL_TITLE = "original title"
    NOTICE = "notice"
    PUBLICATION = "publication"
    PROMOTION = "promotion"
    LINKS = "links"
    ADDRESS = "address"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Finding:
    """The role of a line and what the line says about the article."""

    role: Role
    start: int = 0
    """Offset in the line where the boilerplate begins."""
    publisher: str = ""
    title: str = ""
    url: str = ""


_I = re.IGNORECASE
_IMAGE = re.compile(
    r"!?\[?[^/\\\n]{1,90}\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?)\]?(?:\(\S*\))?",
    _I,
)
_PAGES = re.compile(
    r"(?:[<>«»‹›|\s\d.…]|next|previous|prev|pages?|of|first|last|上一页|下一页|上一篇|下一篇|首页|尾页|末页|第|页|"
    r"共|到)+",
    _I,
)
_TOP = re.compile(
    r"(?:back|return|go|scroll|jump) to (?:the )?top|skip to (?:the )?(?:main )?content|(?:返回|回到)(?:顶部|首页|"
    r"列表|页首|頂部)",
    _I,
)
_TRAIL = re.compile(r"[^\W\d][^>›»→\n]{0,28}(?:\s*(?:>{1,2}|[›»→])\s*[^\W\d][^>›»→\n]{0,39}){1,6}")
_POSITION = re.compile(
    r"(?:您|你)?(?:现在|当前|目前)?(?:的|所在)?位置[：:].{1,60}|you are here\s*:.{1,60}",
    _I,
)
_ADDRESS = re.compile(
    r"(?:(?:原文)?(?:链接|网址|地址)[：:]|link:|url:|source:)?\s*(?P<url>https?://\S+)",
    _I,
)
_SHARING = re.compile(
    r"(?:share|tweet|e-?mail|print|facebook|twitter|linkedin|whatsapp|telegram|wechat|weibo|pinterest|reddit|copy|"
    r"link|save|"
    r"bookmark|comments?|likes?|follow|listen|font|text size|this|article|story|page|on|via|to|by|with|"
    r"分享到?|分享至|微信|微博|朋友圈|新浪|腾讯|qq|空间|好友|收藏|打印|点赞|评论|举报|反馈|转发|字号|字体|大|中|小|"
    r"复制|链接|手机看|听新闻|"
    r"[\s\d\W_])+",
    _I,
)
_SHARING_CORE = re.compile(
    r"share|tweet|facebook|twitter|whatsapp|print|e-?mail|comments|分享|微信|微博|收藏|打印|点赞|举报|字号|转发", _I
)
_CALL = re.compile(
    r"(?:sign (?:up|in) (?:for|to|here|now)|subscribe (?:to|now|here|today)|follow us\b|download (?:the|"
    r"our)\b.{0,40}\bapp\b|"
    r"click here\b|read more(?:\s*[:：]|$| (?:at|about|on) )|advertisement$|story continues below|"
    r"leave a comment|read next\s*[:：]|our standards\s*[:：]|"
    r"skip advertisement|log ?in$|watch:|"
    r"listen to this)"
    r"|点击(?:进入|查看|关注|下载|这里|图片|阅读|右上角)|(?:长按|扫描|扫一扫|扫码|识别).{0,20}(?:二维码|关注|下载|"
    r"码)|扫一扫|(?:关注|订阅).{0,16}(?:公众号|视频号|微信号)|"
    r"(?:下载|打开).{0,14}(?:客户端|app)|阅读原文|分享让更多人看到|海量资讯.{0,20}尽在|查看原文|"
    r"更多(?:精彩|内容|资讯|新闻).{0,20}$|返回搜狐|"
    r"欢迎(?:关注|订阅|扫码)|展开(?:全文|阅读)|"
    r"进入专题|特别声明$",
    _I,
)
_STAFF = re.compile(
    r"(?:【纠错】\s*)?[（(【\[]?\s*(?:责任编辑|責任編輯|责编|本文编辑|见习编辑|值班编辑|网络编辑|"
    r"栏目编辑|编辑|編輯|校对|校對|审核|"
    r"审校|审读|监制|值班主任|终审|初审|复审|"
    r"实习生|制图|设计|统筹|策划|流程编辑)\s*(?:[：:/丨|]|\s).{1,50}"
    r"|[（(]?(?:(?:web )?editors?\s*[:：]|(?:edited|editing|reporting|additional reporting|compiled) by\s).{2,80}",
    _I,
)
_SOURCE = re.compile(
    r"[（(【\[]?\s*(?:sources?|via|文章来源|信息来源|消息来源|稿件来源|新闻来源|来源|來源|稿源|转自|"
    r"轉自)\s*[：:]\s*(?P<publisher>[^)）】\]\n]{1,60}?)\s*[)）】\]]?",
    _I,
)
_PRINT_EDITION = re.compile(
    r"[《〈]\s*(?P<publisher>[^》〉\s]{2,16})\s*[》〉]\s*[（(][^（）()]*日[^（）()]*版[^（）()]{0,6}[)）]"
)
_END_MARK = re.compile(r"[（(【]?(?:完|全文完|end)[）)】]?", _I)
_ORIGINAL = re.compile(
    r"[（(【\[]?\s*(?:原标题|原標題|原题|original title|"
    r"original headline)\s*[：:]\s*(?P<title>.{2,120}?)\s*[)）】\]]?",
    _I,
)
_PUBLICATION = re.compile(
    r"(?:[Tt]his|[Tt]he) (?:article|story|report|piece|post|commentary|column|content|text)\b.{0,30}\b"
    r"(?:first |originally |previously )*(?:published|appeared|posted)\b.{0,20}?\b(?:in|on|by|at)\s+(?:the\s+)?"
    r"(?P<publisher>(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|"
    r"Sun))[A-Z][\w&'’.-]*(?:\s+(?:of |the |and |"
    r"for )?[A-Z][\w&'’.-]*){0,5})(?:\s*\((?P<url>(?:https?://)?(?:www\.)[^\s)]+)\))?"
)
_PUBLICATION_ZH = re.compile(
    r"[（(]?(?:本文|本报道|该文|此文)(?:最初|最早|原|首)?(?:首发|发表|刊登|刊载|刊|发布|"
    r"载)于?\s*[《“「]?(?P<publisher>[^》”」，。（(\s]{2,20})"
)
_NOTICE = re.compile(
    r"©|\(c\) ?\d{4}|\bcopyright\b.{0,30}(?:\d{4}|reserved|belongs)|\ball rights reserved\b|版权所有|版權所有|"
    r"版权声明|版权归|"
    r"未经.{0,20}(?:不得|禁止|严禁|请勿|谢绝)|未經.{0,20}(?:不得|禁止|請勿)|(?:严禁|禁止|"
    r"谢绝)(?:任何)?(?:形式的?)?转载|转载(?:请|须|需|时|務)|轉載(?:請|須)|免责声明|"
    r"(?:不代表|仅代表|僅代表).{0,14}(?:观点|立场|观點|立場)|如(?:有|涉)?(?:及)?侵权.{0,16}(?:联系|删除)|"
    r"\bpermission (?:is |was )?(?:hereby )?granted to\b|\b(?:may|must|can) ?not be (?:published|reproduced|copied|"
    r"broadcast|rewritten|redistributed|republished)\b|"
    r"\backnowledged as the source\b|\b(?:reprinted|republished|reproduced|used|published) (?:here )?(?:with|"
    r"by) (?:kind |the )?permission\b|"
    r"\b(?:views?|opinions?) expressed (?:in this|here|above|are|do)\b|\bterms of (?:use|"
    r"service)\b.{0,40}\bprivacy\b|\bprivacy policy\b.{0,40}\bterms\b",
    _I,
)
_NOTICE_HINTS = (
    "©", "(c)", "copyright", "reserved", "版权", "版權", "转载", "轉載", "免责", "代表", "侵权", "未经", "未經",
    "permission", "not be ", "acknowledged", "expressed", "privacy",
)  # fmt: skip
"""One of these stands in every notice; looked for first, because that is fast."""
_CREDIT_LINE = re.compile(
    r"[\[(（【]?\s*(?:(?:photo(?:graph)?s?|images?|pictures?|graphics?|illustrations?)\s*"
    r"(?:(?:credits?|courtesy|sources?)?\s*[:：/|]|(?:credits?|courtesy of|by)\s(?=.{2,60}$))|"
    r"(?:caption|video)\s*[:：]|"
    r"图源|图片来源|图片|圖片來源|图片说明|圖說|图说|供图|摄影|攝影|配图|资料图|资料图片|图为|圖為|"
    r"图\s?\d{0,2}\s?[：:])",
    _I,
)
_CAPS_CREDIT = re.compile(
    r"(?:^|"
    r"(?<=[.!?\"”)\d])\s+)(?:[A-Z][A-Z.'’-]+\s+){0,3}[A-Z][A-Z.'’-]+\s?/\s?(?:FOR\s+)?(?P<publisher>[A-Z][A-Z.&'’-]*(?:\s+[A-Z][A-Z.&'’-]+){0,3})$"
)
_AGENCY_CREDIT = re.compile(
    r"(?:/|—|\b(?:via|by)\b)\s*(?:Xinhua|VCG|AFP|Reuters|AP|Getty Images|EPA|CFP|Shutterstock|Bloomberg|Agencies|"
    r"People['’]s Daily Online)\s*[\])）]?$|^Getty Images$"
    r"|[\[(（]\s*(?:Xinhua|AP|AFP|Reuters|VCG)\s*(?:Photo)?/[\w .'’-]{2,40}[\])）]$|\[Photo[^\]\n]{0,60}\]$|"
    r"\((?:AP )?Photos?\b[^()\n]{0,60}\)$"
)
_SENTENCE_END = re.compile(r"[.!?][\"”)]?\s+|[。！？]”?")
_CHINESE_CREDIT = re.compile(
    r"(?:(?:新华社|本报|中新社|人民网|央视)?(?:记者|通讯员|实习记者)|"
    r"[（(])\s*[\u4e00-\u9fff、 ·]{2,20}\s*[摄攝][)）。]?$|(?:新华社|中新社)发[（(][^（）()]{0,14}[)）]$|"
    r"[（(](?:资料图片?|视觉中国|图片来[自源][^（）()]{0,14}|网络图片?|受访者供图|[^（）()]{2,12}供图)[)）]$"
)
_LINKS = re.compile(
    r"(?:(?:more|related|recommended|latest|other|top|popular|trending|further|similar|featured) (?:articles?|"
    r"stories|story|news|reading|reads|coverage|posts?|topics?|links?|content|"
    r"headlines?|videos?|reports?)(?:\s+(?:from|on|in|by|about|at|for)\s+(?P<publisher>.{2,40}?))?|more (?:from|"
    r"on)(?: the)? [\w'’. -]{2,40}|you (?:may|might) (?:also )?(?:like|enjoy|be interested in).{0,20}|"
    r"most (?:read|popular|viewed|shared|commented)|(?:see|read) (?:also|next)|also read|"
    r"editor['’]?s['’]? (?:picks?|choice)|what to read next|trending(?: now)?|don['’]t miss|"
    r"in case you missed it|recommended(?: for you)?|related)\s*[:：]?|"
    r"(?:相关|推荐|延伸|热门|更多|最新|精彩|热点|往期|编辑|相關|推薦|延伸|熱門)(?:阅读|新闻|文章|报道|链接|推荐|"
    r"专题|内容|资讯|话题|回顾|稿件|閱讀|新聞|文章|報導|連結)\s*[：:]?|"
    r"猜你喜欢|猜你喜歡|大家都在看|大家还在看|为你推荐|為你推薦|您可能(?:还|也)?(?:感兴趣|喜欢).{0,10}|热搜榜?|"
    r"排行榜",
    _I,
)
_NAVIGATION = re.compile(
    r"(?:home|menu|search|news|world|china|asia|us|uk|europe|business|economy|markets?|tech(?:nology)?|science|"
    r"sports?|opinion|editorial|culture|lifestyle|travel|video|photos?|"
    r"podcasts?|newsletters?|subscribe|sign (?:in|up)|log ?(?:in|out)|register|about(?: us)?|contact(?: us)?|"
    r"advertise|careers|privacy(?: policy)?|terms(?: of (?:use|service))?|cookies?|help|faq|"
    r"app|rss|site ?map|mobile|english|中文|简体|繁体|繁體|首页|新闻|要闻|国内|国际|财经|经济|体育|娱乐|科技|军事|"
    r"社会|教育|文化|图片|视频|直播|评论|观点|登录|注册|搜索|导航|频道|"
    r"关于我们|联系我们|网站地图|客户端|手机版|股票|基金|汽车|房产|正文|放大字体|缩小字体|小字号|"
    r"大字号|保存|save|share|[\s|·•/,、_-]|and|(?:\d+|an?) (?:minute|hour|day|week)s? ago|\d+(?:分钟|"
    r"小时|天)前)+",
    _I,
)
_PROMOTIONAL = re.compile(
    r"\bplatform\b|\bnewsletters?\b|\bapp\b|\bpodcasts?\b|\bsubscri\w+|\b(?:curated|selected|premium|"
    r"exclusive) content\b|\bcontent\b|\bexplainers?\b|\bFAQs?\b|frequently asked questions|"
    r"\b(?:infographics?|informative graphics)\b|\b(?:award-winning|acclaimed|dedicated) (?:team|journalis\w+|"
    r"newsroom|reporters)|\bin-depth anal\w+|\bjournalism\b|\bsign up\b|\binbox\b|\bfree trial\b|"
    r"\bbrought to you by\b|\bmembership\b",
    _I,
)
_OURS = re.compile(r"\b(?:our|brought to you by)\b", _I)
_REPORTED = re.compile(
    r"[\"“”]|\b(?:said|says|told|added|according|announced|reported)\b",
    _I,
)


def find_role(line: str) -> Finding | None:
    """The role of a line that is no part of the article; None for a line that may be part of it.

    Args:
        line: One line without surrounding white space.
    """
    width = columns(line[:700])
    if width > 640:
        return None
    found = _short_role(line) if width <= 120 else None
    return found or _notice(line) or _credit(line, width)


def is_navigation(line: str) -> bool:
    """Whether a line consists of the words of menus only; to be asked only above and below an article."""
    return _NAVIGATION.fullmatch(line) is not None


def _short_role(line: str) -> Finding | None:
    if not any(map(str.isalnum, line)) or _END_MARK.fullmatch(line):
        return Finding(Role.RULE)
    for role, pattern in (
        (Role.IMAGE, _IMAGE),
        (Role.NAVIGATION, _PAGES),
        (Role.NAVIGATION, _TOP),
        (Role.TRAIL, _POSITION),
        (Role.STAFF, _STAFF),
        (Role.ADDRESS, _ADDRESS),
        (Role.SOURCE, _SOURCE),
        (Role.SOURCE, _PRINT_EDITION),
        (Role.ORIGINAL_TITLE, _ORIGINAL),
        (Role.LINKS, _LINKS),
    ):
        match = pattern.fullmatch(line)
        if match is not None and not (role is Role.STAFF and line.endswith("。")):
            named = match.groupdict(default="")
            return Finding(role, 0, named.get("publisher", "").strip(), named.get("title", ""), named.get("url", ""))
    if _TRAIL.fullmatch(line) and not re.search(r"[.。!?！？]", line):
        return Finding(Role.TRAIL)
    if _SHARING.fullmatch(line) and _SHARING_CORE.search(line):
        return Finding(Role.SHARING)
    return Finding(Role.CALL) if _CALL.match(line) else None


def _notice(line: str) -> Finding | None:
    """Notices of permission, first publication and opinion, and a publisher's praise of itself."""
    for pattern in (_PUBLICATION, _PUBLICATION_ZH):
        match = pattern.match(line)
        if match is not None:
            named = match.groupdict(default="")
            return Finding(Role.PUBLICATION, 0, named["publisher"].rstrip(" ."))
    lowered = line.lower()
    if any(hint in lowered for hint in _NOTICE_HINTS) and _NOTICE.search(line):
        return Finding(Role.NOTICE)
    if _CALL.match(line) and not _REPORTED.search(line):
        return Finding(Role.CALL)
    if _OURS.search(line) and not _REPORTED.search(line) and len(set(map(str.lower, _PROMOTIONAL.findall(line)))) >= 2:
        return Finding(Role.PROMOTION)
    return None


def _credit(line: str, width: int) -> Finding | None:
    """Captions and credits of pictures; of a long paragraph only the credit at its end."""
    if width <= 200 and _CREDIT_LINE.match(line):
        return Finding(Role.CREDIT)
    for pattern in (_CAPS_CREDIT, _AGENCY_CREDIT, _CHINESE_CREDIT):
        match = pattern.search(line, max(0, len(line) - 120))
        if match is not None:
            publisher = (match.groupdict().get("publisher") or "").strip()
            return Finding(Role.CREDIT, 0 if width <= 320 else _sentence_start(line, match.start()), publisher.title())
    return None


def _sentence_start(line: str, position: int) -> int:
    """Where the sentence begins that `position` lies in; the position itself where it is the first of its line."""
    ends = [match.end() for match in _SENTENCE_END.finditer(line, 0, position + 1)]
    return ends[-1] if ends else position
