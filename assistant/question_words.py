# ruff: noqa: E501 - one pattern a line reads better than a pattern cut in pieces
"""The words by which questions say what they ask for: tables only, read by `assistant.analysis`."""

from __future__ import annotations

import re

from assistant.records import AnswerType as T

SAYING_ZH = "说|表示|认为|指出|提出|强调|承诺|宣布"
"""Verbs by which Chinese questions and articles tell what somebody said."""

NOUNS_EN: dict[T, str] = {
    T.SHARE: "percent percentage percentages share proportion fraction portion rate",
    T.RATIO: "ratio",
    T.NUMBER: "target goal volume figure total factor",
    T.MONEY: "price cost costs amount salary fee budget revenue wage income fine worth value rent rental fare tuition",
    T.DATE: "year years date day month century decade season weekday time anniversary birthday",
    T.PERIOD: "period era duration age ages span timeframe",
    T.PERSON: "person people man woman actor actress singer author writer artist president minister king queen leader player "
    "director founder scientist emperor king poet painter composer general politician coach mayor character inventor "
    "philosopher chancellor senator governor ceo chairman prince princess pope son daughter wife husband father mother "
    "brother sister winner champion quarterback driver rapper musician professor economist designer goddess god secretary official",
    T.ORGANISATION: "company companies organisation organization team teams university college agency party band group "
    "institution firm bank association club network studio publisher army ministry department committee school "
    "corporation league newspaper airline manufacturer brand tribe dynasty church government union outlet broadcaster body agency magazine media paper",
    T.PLACE: "country countries city cities state states place places town village province region location river island "
    "continent county district street capital port ocean sea mountain area territory nation hometown birthplace building "
    "stadium venue suburb neighborhood airport valley desert lake park kingdom colony destination",
    T.NAME: "name names title song movie film book word term nickname language religion animal award game show novel type kind "
    "colour color sport disease album war battle treaty law act river ship instrument element",
}
"""Nouns after "what" or "which" (or at the end of their phrase) and the type that they ask for."""

PEOPLE_EN = frozenset(
    "athlete footballer golfer gymnast dancer boxer wrestler swimmer skater sprinter cyclist skier pitcher "
    "goalkeeper striker midfielder umpire referee celebrity comedian presenter journalist reporter columnist "
    "novelist playwright screenwriter filmmaker producer architect engineer doctor surgeon nurse lawyer attorney "
    "prosecutor detective sheriff soldier admiral colonel captain commander pilot astronaut explorer teacher "
    "scholar researcher chemist physicist biologist mathematician historian astronomer psychologist entrepreneur "
    "businessman businesswoman billionaire investor banker candidate nominee republican democrat congressman "
    "congresswoman lawmaker legislator diplomat ambassador envoy spokesperson spokesman spokeswoman activist "
    "guitarist drummer pianist violinist songwriter sculptor photographer illustrator youtuber".split()
)
"""Nouns for people that "which" asks for, and that elsewhere are words like all others: "the captain", "a pilot"."""

NOUNS_ZH: dict[T, tuple[str, ...]] = {
    T.SHARE: ("百分比", "比例", "比率", "份额", "占比", "百分之几", "比重", "率"),
    T.MONEY: ("价格", "金额", "费用", "价钱", "租金", "学费", "薪水", "元", "美元", "钱", "预算", "工资", "造价", "总额", "票房"),
    T.DATE: ("年份", "年", "日期", "月份", "月", "日", "世纪", "时间", "年代", "时候", "天", "星期", "季节", "时", "节日"),
    T.PERIOD: ("时期", "期间", "时代", "时段", "阶段", "朝代"),
    T.PERSON: (
        "人", "人物", "位", "作家", "演员", "歌手", "导演", "总统", "国王", "皇帝", "主席", "学者", "科学家", "教练",
        "球员", "将军", "领袖", "作者", "诗人", "画家", "者", "君主", "王", "首相", "总理", "院士", "主角",
    ),
    T.ORGANISATION: (
        "公司", "机构", "组织", "单位", "大学", "学校", "球队", "团体", "部门", "企业", "党", "政党", "乐团", "乐队",
        "学院", "集团", "银行", "媒体", "报纸", "报社", "网站", "部委", "协会", "军队", "队", "家族", "出版社", "电视台", "政府",
    ),
    T.PLACE: (
        "国家", "城市", "地方", "地区", "地点", "省", "省份", "市", "县", "区", "国", "州", "岛", "洲", "河", "河流", "山",
        "车站", "站", "路", "街", "大洋", "位置", "处", "地", "海域", "镇", "村", "机场",
    ),
    T.NAME: (
        "名字", "名称", "书", "歌曲", "电影", "游戏", "作品", "语言", "奖", "奖项", "专辑", "称号", "别名", "外号", "节目",
        "职位", "职务", "专业", "颜色", "宗教", "民族", "动物", "科", "属", "绰号", "俗名", "学名", "英文名",
    ),
}  # fmt: skip
"""Nouns after 什么, 哪个 and the like; the longest that ends the phrase decides."""

_FIRST = r"^(?:(?!\b(?:what|which|who|whom|whose|when|where|why|how)\b)[^?])*\b"
"""Before an asking word that no other one precedes: in "who was president when it began" only the first one asks."""

PAST_EN = frozenset(
    "won held became took made got had gave led beat lost came went said ran set sold built wrote sang broke "
    "drew fell grew hit kept knew left met paid put rose saw sent shot spent stood told bought brought caught fought found "
    "wore threw began chose drove ate flew".split()
)
"""Verbs in the past that don't end in -ed."""

WHO_IS_EN = re.compile(
    r"^[Ww]ho(?: is|['’]s| was) (?:(?:Mr|Mrs|Ms|Dr)\.? )?([A-Z][\w'’.-]*(?: (?:van |von |de |al-)?[A-Z][\w'’.-]*){0,3})$"
)
WHO_IS_ZH = re.compile(r"^([^，。的是谁]{2,12})是谁$|^谁是([^，。的是谁]{2,12})$")
"""Ask what there is to be said of somebody, where it is a name that they end or begin with."""

PATTERNS_EN: tuple[tuple[re.Pattern[str], T], ...] = tuple(
    (re.compile(pattern, re.I), kind)
    for pattern, kind in (
        (r"\b(?:from what to what|by how (?:much|many)|how much (?:more|less|higher|lower|has|have|did) .*\b(?:grow|grew|rise|rose|increase|decrease|fall|fell|drop|change)[a-z]*)\b", T.CHANGE),
        (r"^(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|may|might|must) (?!you\b|anyone\b)(?!.*\bor\b)", T.YES_NO),
        (r"\bhow much (?:more|less|bigger|larger|smaller|higher|lower|faster)\b(?! than \d)|\bhow (?:fast|quickly|strongly|sharply|steeply) (?:did|has|have|had|do|does)\b|\bby what factor\b"
         r"|\bwhat (?:is|was|are|were) [^?]*\b(?:rise|increase|growth|decline|drop|fall|decrease|change) (?:of|in|from)\b", T.CHANGE),
        (r"\bhow (?:has|have|did) (?!.*\b(?:help|helped|make|made|manage|managed|let|cause|caused|enable|enabled)\b).*\b(?:change|changed|grow|grown|evolve|evolved|develop|developed)\b(?! (?:by|through))", T.CHANGE),
        (r"\bhow (?:is|was|are|were) [^?]* (?:called|named|known)\b|\bwhat (?:is|was|are|were|do|does|did) [^?]* (?:call(?:ed)?|nicknamed|known as|named(?=\W*$))(?!\w)", T.NAME),
        (r"\bhow (?:is|are|was|were) [^?]*\bdefined\b|\bwhat (?:is|are|was|were) [^?]*\b(?:used )?for\W*$|\bwhat is the (?:role|use|function) of\b", T.DEFINITION),
        (r"\bhow much (?:did|has|have|does|do|will) [^?]*\b(?:rais|increas|lower|cut|reduc)(?:e|ed|es)? (?:(?:its|their|the|his|her|import|export) )*(?:tariffs?|dut(?:y|ies)|tax(?:es)?|rates?|prices?|wages?|fees?)\b", T.CHANGE),
        (r"\bhow much of\b[^?]*\b(?:consists?|consisted|comes?|came|goes|went|is|are|was|were|made)\b", T.SHARE),
        (r"\b(?:what|which) (?:is |was |were |are )?(?:the |(?:[\w-]+ ){0,3}[\w-]+['’]s )?ratio\b|\bat what ratio\b|\bhow many times\b.*\b(?:as|more|larger|bigger|than)\b", T.RATIO),
        (r"\b(?:how (?:many|large|big|high) (?:a )?|what |which )(?:\w+ )?(?:percent|percentage|share|proportion|fraction|portion)\b", T.SHARE),
        (r"\bwhat (?:(?:was|were)\b|(?:is|are)\b(?=[^?]*['’]s\b))(?! (?:the )?(?:main|biggest|largest|top|chief))(?:(?!\b(?:before|after|when|while|until|if)\b)[^?])*\b(?:exports?|imports?|trade|sales|turnover"
         r"|revenues?|profits?|surplus|deficit|gdp)(?: (?:value|volume|total))?(?: (?:of|in|for|during|last|this|by)\b[^?]*)?\W*$", T.MONEY),
        (r"\bhow (?:much|large|big|high)\b(?! (?:more|less|faster|bigger))[^?]*\b(?:export|import|trade|sales|turnover|revenue|surplus|deficit)"
         r"(?:s|ed)?(?: (?:value|volume|total))?(?: (?:in|for|of|during|last|this|by|from)\b[^?]*)?\W*$", T.MONEY),
        (r"^what (?:was|were) (?:the )?(?:total )?(?:exports?|imports?|sales|turnover|revenues?)\b", T.MONEY),
        (r"\bwhat (?:is|was|are|were) [^?]*\b(?:target|goal|value|volume|amount)\b", T.NUMBER),
        (r"\b(?:how (?:many|much)|what (?:is|was) [^?]*\bin) (?:(?:u\.?s\.?|american|hong kong|canadian|australian) )?(?:money|dollars|euros|pounds|yuan|yen|cash)\b", T.MONEY),
        (r"\bhow much\b.*\b(?:cost|costs|pay|paid|spend|spent|earn|earned|worth|sell|sold|raise|raised|make|made|invest|invested|donate|donated|sum|fund|price|charge|owe|buy|bought)\b", T.MONEY),
        (r"\bhow long\b(?=[^?]*\b(?:kilomet(?:re|er)s?|km|miles?|met(?:re|er)s?|feet)\b)", T.NUMBER),
        (r"\bhow many (?:years|months|days|weeks|hours|minutes|seconds|decades|centuries)\b|\bhow long\b|\bfor how long\b", T.PERIOD),
        (r"\b(?:what|which) (?:\w+ )?(?:period|era|age)\b|\b(?:from|between) (?:what|which) (?:years|dates)\b|\bduring (?:what|which) (?:years|period)\b", T.PERIOD),
        (r"\bhow many\b|^(?:the )?(?:total )?number of\b|^[\w' -]{2,40} population\W*$|\bwhat (?:is|was|are|were) the (?:total |estimated |approximate )?(?:number|count|population)\b", T.COUNT),
        (r"\b(?:what|which) (?:place|rank|position)\b[^?]*\b(?:hold|holds|held|take|takes|took|rank|ranks|ranked|have|has|occupy|occupies)\b|\bhow (?:much|old|far|tall|high|large|big|fast|deep|wide|heavy|hot|cold|often|strong|small|low)\b|\bwhat (?:number|size|height|length|distance|speed|temperature|weight)\b", T.NUMBER),
        (r"\bwhat (?:is|was|are|were) (?:the |its |his |her |their |[\w'’-]+['’]s )?(?:(?:average|total|maximum|minimum|typical) )?(?:magnitude|height|length|depth|width|weight|distance|speed|temperature|altitude|elevation|age|life expectancy|capacity|density|diameter|radius)\b(?! (?:limit|called|named))", T.NUMBER),
        (_FIRST + r"when\b|\b(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|time of year)\b|\bwhat time\b|\bsince when\b", T.DATE),
        (_FIRST + r"who (?:can|could|should|must|has to|have to)\b", T.OTHER),
        (_FIRST + r"(?:who|whom|whose)\b", T.PERSON),
        (_FIRST + r"where\b|\bfrom where\b", T.PLACE),
        (_FIRST + r"why\b|\bwhat (?:is|was|were|are) the (?:main |primary )?(?:reason|reasons|cause|causes|motive|purpose)\b|\b(?:what|which) (?:reason|reasons|factors?)\b|\bwhat (?:caused?|causes|led to|leads to|prompted|drove)\b|\bhow come\b|\bwhat (?:explains?|explained|accounts for|accounted for)\b", T.REASON),
        (r"\bhow (?:do|does|did|can|could|is|was|are|were|to|will|would|should|has|have|had)\b|\bby what means\b|\b(?:what|which) (?:method|methods|means|measures|steps)\b", T.MEANS),
        (r"\bstands? for\b|^(?:define|definition of|meaning of)\b|\bwhat (?:is|are|was) meant by\b|\bwhat does .+ mean\b|\bwhat do .+ mean\b", T.DEFINITION),
        (r"\bwhat (?:do|does|did|will|would|is|are|can|could|should) (?:(?!\bto do with\b)[^?])*\b(?:do|doing|done)\b|\b(?:what|which) (?:kinds|types|sorts|criteria|examples)\b|\b(?:in|on) (?:what|which) (?:areas|fields|matters|respects|ways|sectors)\b", T.LIST),
        (r"^(?:list|name|enumerate)\b|\b(?:what|which) (?:are|were) the (?:\w+ ){0,3}\w+s\b|\bwhat (?:two|three|four|five|six) \w+", T.LIST),
        (r"^(?:so |and |but )?(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|isn't|aren't|doesn't|didn't)\b(?!.*\bor\b)", T.YES_NO),
    )
)  # fmt: skip
"""Tried in order on an English question; the first that matches decides."""

PATTERNS_ZH: tuple[tuple[re.Pattern[str], T], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"有没有|是否|是不是|能不能|会不会|可不可以", T.YES_NO),
        (r"从多少.*到多少|(?:增长|上升|下降|减少|增加|提高|降低|上涨|下跌|变化|扩大|缩小|增多|下滑|[^上下]涨|回落|收窄)了?多少(?!家|个|人|国|种|座|名|元|亿|万)|(?:涨幅|增幅|降幅|跌幅|增速)|(?:怎样|怎么样?|什么样?|何种?|哪些)的?变化|如何变化", T.CHANGE),
        (r"叫(?:做|作)?(?:什么|啥)(?!时|地)|(?:被?称为|被?称作|称之为|别称|古称|旧称|俗称)(?:是|为)?(?:什么|啥)|什么名字|起了?(?:个|什么)名", T.NAME),
        (r"做什么用|干什么用|有什么(?:用|作用|用途)|(?:作用|用途)是", T.DEFINITION),
        (r"第几|排(?:在)?(?:第)?几|排名多少", T.NUMBER),
        (r"有多少(?:%|％)?(?:是|由|来自|出自|产自)", T.SHARE),
        (r"占[^，。？?]{1,14}(?:比例|比率)", T.SHARE),
        (r"几分之[几一]|比(?:例|值)是|多少倍|几倍|几比几|之比", T.RATIO),
        (r"百分之(?:几|多少)|多[大少高](?:的)?(?:比例|比重|份额)|(?:比例|比重|占比|份额|百分比|几成|比率)(?:是|为|达|有|占|多|约)?|多少(?:%|％|个百分)|占.{0,12}多少|[^效频利税]率(?:是|为|达到?|约为)?多少", T.SHARE),
        (r"(?:[额值]|收入|利润|营收)(?:[是为有达到约共了]*)多少(?!家|个|人|国|种|%|％)|(?:出口|进口|外贸|贸易|销售|营收|顺差|逆差)(?:额|总额|总值|规模)?(?:[是为有达到约共了]*)多少(?!家|个|人|国|种|%|％)", T.MONEY),
        (r"多少钱|多少(?:[亿万千百]*)(?:美元|元|人民币|欧元|英镑|日元|港元|港币|资金|金额|价钱|费用)|(?:价格|费用|租金|房租|学费|运费|门票|薪水|年薪|票房|金额|造价|工资|总额|售价|资金|投资额|收入|产值|贸易额|进口额|出口额)(?:是|为|达|约)?到?了?多少|(?:花费|价值|耗资|投资|募资|融资|筹集)了?多少", T.MONEY),
        (r"多久|多长时间|(?:多少|几)(?:年|个?月|天|小时|分钟|周|个世纪)(?!级|份|代|[^时间后了前以的]*(?:月|日)$)(?=[时间后了前以才的之？?呢。]|$|内)|多少年|多长的时间", T.PERIOD),
        (r"什么时期|哪(?:个|一)?(?:时期|朝代|时代|段时间)|哪段|(?:从|自)(?:什么时候|何时|哪年).*到(?:什么|何|哪|$)|什么(?:时代|朝代)", T.PERIOD),
        (r"什么时候|什么时间|何时|哪(?:一|个)?(?:年|天|月|日|月份|年份|世纪|年代)|(?:几|多少)(?:年|月|日|号)|何(?:年|月|日)|时间(?:是|为)|日期(?:是|为)|几时|啥时候|哪几年", T.DATE),
        (r"(?:人口|人数)(?:总数|数量)?(?:大概|大约|一共)?(?:是|为|有|达到?)?多少", T.COUNT),
        (r"多少$|(?:目标|规模|水平|数值|强度|总量|产量|销量)(?:是|为|有|达到?)?多少", T.NUMBER),
        (r"多少|几(?=[个位家种次人座条名项部所本只张间支辆艘场届岁层米公处级颗块千万百亿大类架台批对双篇首集件])", T.COUNT),
        (r"多[大高长远深快宽重小]|几岁|(?:面积|高度|长度|海拔|距离|速度|数量)(?:是|为|有)", T.NUMBER),
        (r"什么样(?!的?人[？?]?$)", T.DEFINITION),
        (r"哪一?(?:类|种)|什么(?:类型|种类)", T.NAME),
        (r"(?:找|问|求助|咨询)谁|谁(?:可以|能够?|应该?|必须)", T.OTHER),
        (r"谁|哪(?:一|几|两)?(?:位|名|个人|些人)|什么人|何人|啥人", T.PERSON),
        (r"哪里|哪儿|何处|何地|在哪(?![个一些几种家位])|位于哪|什么地方|啥地方|哪边", T.PLACE),
        (r"(?:(?<![称成认作视名叫改定译命以判列分])|(?<=[班系序]列)|(?<=部分))为(?:什么|何(?!人|物|种|地|处|时))|为啥|为了什么|(?:原因|理由|目的|缘故)(?:是|为|在|有)|什么(?:原因|理由|缘故|目的)|何以|缘何|因何|怎么会|因为什么|由于什么", T.REASON),
        (r"(?:按|依|根据)(?:照|据)?什么|以什么(?![^，。？?]{0,12}(?:为|作|闻名|著称|著名|而来))|如何|怎样|怎么|怎麽|(?:什么|何种|哪些?)(?:方式|方法|手段|措施|办法|途径|方法)|通过什么|靠什么|以何种", T.MEANS),
        (r"是什么意思|的(?:定义|含义|意思)(?:是|为)?|指的?是什么|^(?:什么是|何谓|何为)|是(?:一[个种])?什么样?的?(?:东西|人|组织|地方)?[？?]?$(?<=是什么)|介绍一下|^介绍", T.DEFINITION),
        (r"哪些|哪几|哪两|哪三|哪四|哪五|分别(?:是|为|有)|列[出举]|有什么|包括什么|包含什么", T.LIST),
        (r"吗\s*[？?]?$|(?<![什怎那多这要])么[？?]?$|是否|是不是|有没有|能不能|会不会|可不可以|对不对", T.YES_NO),
    )
)  # fmt: skip
"""Tried in order on a Chinese question in Simplified characters; the first that matches decides."""

HEADS_ZH: tuple[tuple[re.Pattern[str], T], ...] = tuple(
    (re.compile(rf"(?:{pattern})$"), kind)
    for pattern, kind in (
        (r"(?:时间|日期|年份|生日)", T.DATE),
        (r"[冠亚季]军|得主|获得者|主演|导演|编剧|作者|主角|主持人|创始人|创办人|发明人|负责人|领导人|发言人|教练|总统|主席|总书记|行政长官|首相|总理"
         r"|[市省州县校院部局会董事理]长|首席执行官|旗手|队长|航天员|宇航员|设计师|演唱者|扮演者|配音", T.PERSON),
        (r"人口(?:总?数|总量)?$|人数|数量|次数|天数", T.COUNT),
        (r"[^质力能含]量|震级|面积|人口|高度|长度|海拔|速度|排名|席位|规模|温度|气温|年龄|身高", T.NUMBER),
        (r"票房|营收|收入|利润|价格|售价|票价|房价|[租佣薪奖罚]金|房租|[学运车房]费|年薪|薪水|金额|产值|费用|工资|预算|(?:总|贸易|进口|出口|销售|交易|投资|成交)额", T.MONEY),
        (r"增长率|增速|[涨增降跌]幅", T.CHANGE),
        (r"[^效频利税汇功]率|比例|占比|份额|比重", T.SHARE),
        (r"地点|(?:举办|主办|东道|原产|参赛)国|(?:举办|所在|出生|原产|目的|产)地|起点|终点|位置|地址|故乡|家乡|国籍", T.PLACE),
        (r"名字|名称|全名|全称|简称|别名|原名|本名|英文名|[俗学译曾]名|[谥年庙封]号|绰号|外号|类型|口号|主题|吉祥物|主题曲", T.NAME),
        (r"原因|理由", T.REASON),
    )
)  # fmt: skip
"""The noun at the end of a Chinese question that has no asking word (收成的总量), or before 是什么, and its type."""

ASKING_ZH = re.compile(
    r"多少|几分之几|百分之几|多[大高长远深快宽重小久]|什么(?:样的?)?|哪(?:一|个|些|几|两|种|位|名|家|部|座|所|年|里|儿|场|次|项)*"
    r"|谁|何(?:时|地|处|人|种|年|月|日|者)|为何|如何|怎样|怎么样?|为什么|是否|几"
)
"""The words that ask, whose place in a Chinese question the answer takes."""

ASKING_EN = re.compile(
    r"\b(?:how (?:many|much|long|old|far|often)|what|which|who|whom|whose|when|where|why|how)\b", re.I
)
"""The words that ask in an English question."""
