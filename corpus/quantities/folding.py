"""One spelling for the characters that numbers and dates are written with, without moving any of them."""

from __future__ import annotations

import re

_WIDE = {chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if chr(0x21 + i) not in ",;!?"}
_SIGNS = dict(zip("\u00a0\u2009\u202f\u3000−‐‑〜○－～％￥．", "    ---~〇-~%¥.", strict=True))
_TRADITIONAL = (
    "億亿萬万點点兩两幾几數数餘余個个約约過过達达將将來来國国歲岁歐欧鎊镑圓元韓韩盧卢鐘钟時时週周號号間间雙双從从幣币臺台輛辆噸吨畝亩"
    "隻只條条張张筆笔項项場场層层屆届棟栋種种類类處处戶户減减漲涨滿满長长環环較较離离區区縣县員员財财歷历紀纪後后曆历禮礼拜拜"
    "車车馬马勞劳務务澤泽兒儿頭头顆颗份份頁页組组隊队團团級级輪轮節节單单樓楼標标準准營营業业廠厂醫医學学會会鎮镇鄉乡邊边島岛"
    "傢家實实際际內内領领陸陆幫帮爭争軍军億亿貫贯碼码釐厘麼么擴扩縮缩躍跃銳锐攝摄氣气倍倍許许與与慶庆豐丰緒绪統统樂乐啟启禎祯順顺當当這这億亿於于為为佔占結结"
)
_TABLE = str.maketrans(
    {**_WIDE, **_SIGNS, **dict(zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True))},
)
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3})")


def fold(text: str) -> str:
    """`text` with half-width digits and signs and simplified characters where numbers need them; the same length."""
    if text.isascii():
        return text
    return _WIDE_COMMA.sub(",", text).translate(_TABLE)
