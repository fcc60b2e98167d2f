"""Units, currencies and counted things in both languages: words to keys, and keys back to words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that a number is measured in."""

    key: str
    dimension: str
    factor: Fraction
    """How many base units of the dimension one of it is, exactly."""
    english: tuple[str, ...]
    """Singular and plural for rendering, then further spellings."""
    chinese: tuple[str, ...]


def _units(dimension: str, *rows: str) -> list[Unit]:
    """Rows read `key | factor | English words, parted by commas | Chinese words`."""
    units = []
    for row in rows:
        key, factor, english, chinese = (cell.strip() for cell in row.split("|"))
        units.append(Unit(key, dimension, Fraction(factor), tuple(english.split(",")), tuple(chinese.split(","))))
    return units


UNITS: dict[str, Unit] = {
    unit.key: unit
    for unit in (
        *_units(
            "length",
            "m|1|meter,meters,metre,metres,m|米,公尺",
            "km|1000|kilometer,kilometers,kilometre,kilometres,km,kms|公里,千米",
            "cm|1/100|centimeter,centimeters,centimetre,centimetres,cm|厘米,公分",
            "mm|1/1000|millimeter,millimeters,millimetre,millimetres,mm|毫米",
            "nm|1/1000000000|nanometer,nanometers,nanometre,nanometres,nm|纳米",
            "um|1/1000000|micrometer,micrometers,micron,microns,μm|微米",
            "mile|201168/125|mile,miles|英里",
            "foot|381/1250|foot,feet,ft|英尺",
            "inch|127/5000|inch,inches|英寸",
            "yard|1143/1250|yard,yards|码",
            "nmi|1852|nautical mile,nautical miles|海里",
            "ly|9460730472580800|light-year,light-years,light year,light years|光年",
        ),
        *_units(
            "mass",
            "kg|1|kilogram,kilograms,kilo,kilos,kg,kgs|公斤,千克",
            "g|1/1000|gram,grams,gramme,grammes|克",
            "mg|1/1000000|milligram,milligrams,mg|毫克",
            "t|1000|ton,tons,tonne,tonnes,metric ton,metric tons|吨,公吨",
            "jin|1/2|jin,jin|斤",
            "lb|45359237/100000000|pound,pounds,lb,lbs|磅",
            "oz|45359237/1600000000|ounce,ounces|盎司",
        ),
        *_units(
            "area",
            "m2|1|square meter,square meters,square metre,square metres,sq m,sqm,m²|平方米,平方公尺,㎡,平米",
            "km2|1000000|square kilometer,square kilometers,square kilometre,square kilometres,sq km,km²|"
            "平方公里,平方千米",
            "ha|10000|hectare,hectares|公顷",
            "mu|2000/3|mu,mu|亩",
            "acre|316160658/78125|acre,acres|英亩",
            "sqft|145161/1562500|square foot,square feet,sq ft|平方英尺",
            "sqmi|40468564224/15625|square mile,square miles,sq mi|平方英里",
        ),
        *_units(
            "volume",
            "m3|1|cubic meter,cubic meters,cubic metre,cubic metres,m³|立方米,立方公尺",
            "l|1/1000|liter,liters,litre,litres|升,公升",
            "ml|1/1000000|milliliter,milliliters,millilitre,millilitres,ml|毫升",
            "barrel|158987294928/1000000000000|barrel,barrels|桶",
            "gallon|473176473/125000000000|gallon,gallons|加仑",
        ),
        *_units(
            "speed",
            "kmh|1|"
            "kilometer per hour,kilometers per hour,kilometre per hour,kilometres per hour,kilometers an hour,"
            "km/h,kph,kmph|"
            "公里/小时,千米/小时,公里每小时,千米每小时,公里/时",
            "mph|201168/125000|mile per hour,miles per hour,mph,miles an hour,mile an hour|英里/小时,英里每小时",
            "mps|18/5|meter per second,meters per second,metre per second,metres per second,m/s|米/秒,米每秒",
        ),
        *_units(
            "power",
            "w|1|watt,watts|瓦,瓦特",
            "kw|1000|kilowatt,kilowatts,kW|千瓦",
            "mw|1000000|megawatt,megawatts,MW|兆瓦",
        ),
        *_units("power", "gw|1000000000|gigawatt,gigawatts,GW|吉瓦"),
        *_units(
            "energy",
            "kwh|1|kilowatt-hour,kilowatt-hours,kilowatt hour,kilowatt hours,kWh|千瓦时,度电",
            "mwh|1000|megawatt-hour,megawatt-hours,megawatt hour,megawatt hours,MWh|兆瓦时",
        ),
        *_units(
            "data",
            "kb|1000|kilobyte,kilobytes,KB|KB,千字节",
            "mb|1000000|megabyte,megabytes,MB|MB,兆字节",
            "gb|1000000000|gigabyte,gigabytes,GB|GB,吉字节",
            "tb|1000000000000|terabyte,terabytes,TB|TB,太字节",
        ),
        *_units(
            "frequency",
            "hz|1|hertz,hertz,Hz|赫兹",
            "mhz|1000000|megahertz,megahertz,MHz|兆赫",
            "ghz|1000000000|gigahertz,gigahertz,GHz|吉赫",
        ),
        *_units("temperature", "celsius|1|degree Celsius,degrees Celsius,°C,° C,℃,degrees C|摄氏度"),
        *_units(
            "temperature_fahrenheit", "fahrenheit|1|degree Fahrenheit,degrees Fahrenheit,°F,° F,℉,degrees F|华氏度"
        ),
        *_units("angle", "degree|1|degree,degrees,°|度"),
        *_units("containers", "teu|1|TEU,TEUs|标准箱,标箱"),
        *_units(
            "time",
            "second|1|second,seconds,secs|秒,秒钟",
            "minute|60|minute,minutes,min,mins|分钟",
            "hour|3600|hour,hours,hrs|小时,个小时,个钟头",
            "day|86400|day,days|天,日",
            "week|604800|week,weeks|周,个星期,星期,个礼拜",
        ),
        *_units(
            "months",
            "month|1|month,months|个月",
            "quarter|3|quarter,quarters|个季度",
            "year|12|year,years,years old,year old,years of age,yr,yrs|年,周年,岁,周岁",
            "decade|120|decade,decades|个十年",
            "century|1200|century,centuries|个世纪",
        ),
    )
}
"""Every unit by its key. Days and months are never converted into each other: a month has no fixed number of days."""

PERIODS = frozenset(key for key, unit in UNITS.items() if unit.dimension in ("time", "months"))

CURRENCIES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "CNY": (
        ("yuan", "renminbi", "RMB", "CNY", "Chinese yuan", "yuan renminbi"),
        ("元", "元人民币", "人民币", "块钱"),
    ),
    "USD": (("dollars", "dollar", "US dollars", "US dollar", "U.S. dollars", "USD", "bucks"), ("美元", "美金")),
    "HKD": (("Hong Kong dollars", "HK dollars", "HKD"), ("港元", "港币")),
    "TWD": (("New Taiwan dollars", "Taiwan dollars", "NT dollars", "TWD"), ("新台币", "台币", "元新台币")),
    "AUD": (("Australian dollars", "AUD"), ("澳元", "澳大利亚元")),
    "CAD": (("Canadian dollars", "CAD"), ("加元", "加拿大元")),
    "SGD": (("Singapore dollars", "SGD"), ("新加坡元", "新元")),
    "EUR": (("euros", "euro", "EUR"), ("欧元",)),
    "GBP": (("pounds sterling", "British pounds", "GBP", "pound sterling", "quid"), ("英镑",)),
    "JPY": (("yen", "Japanese yen", "JPY"), ("日元", "日圆")),
    "KRW": (("won", "South Korean won", "Korean won", "KRW"), ("韩元", "韩圆", "韩币")),
    "INR": (("rupees", "rupee", "Indian rupees", "INR"), ("卢比", "印度卢比")),
    "RUB": (("rubles", "ruble", "roubles", "rouble", "RUB"), ("卢布",)),
    "CHF": (("Swiss francs", "Swiss franc", "CHF"), ("瑞士法郎", "瑞郎")),
    "THB": (("baht", "Thai baht", "THB"), ("泰铢",)),
}
"""ISO code to its English and Chinese words; the first of each is written."""

SIGNS = {
    "US$": "USD", "U.S.$": "USD", "HK$": "HKD", "NT$": "TWD", "AU$": "AUD", "A$": "AUD", "C$": "CAD", "CA$": "CAD",
    "S$": "SGD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "₩": "KRW", "₹": "INR", "₽": "RUB", "RMB": "CNY",
    "CNY": "CNY", "USD": "USD", "EUR": "EUR",
    "GBP": "GBP", "HKD": "HKD", "JPY": "JPY", "人民币": "CNY", "美元": "USD", "港币": "HKD", "新台币": "TWD",
}  # fmt: skip
"""What stands before an amount."""

CLASSIFIERS = (
    "人次 架次 车次 台次 班次 万吨级 个 名 位 家 种 座 辆 台 件 条 项 款 架 艘 列 次 场 届 批 支 只 "
    "头 匹 张 本 册 部 篇 份 套 间 栋 幢 户 对 双 "
    "人 国 所 处 片 枚 颗 根 株 棵 门 把 口 例 起 宗 笔 封 票 站 层 轮 期 代 集 章 节 页 字 句 "
    "段 组 队 团 班 趟 单 箱 包 瓶 杯 盒 袋 类 "
    "号 大 卷 幅 尊 则 首 股 分 遍 具 剂 道 粒 朵 顿 桌 副 排 束 滴 省 市 县 村 地 校 方 强 成员"
).split()
"""Measure words that stay in the span of a count, longest first."""

_THINGS = {
    "person": "person people man men woman women child children resident residents visitor visitors worker "
    "workers employee employees student "
    "students pupil pupils passenger passengers tourist tourists trader traders soldier soldiers member members "
    "patient patients merchant merchants "
    "merchants official officials player players|"
    "人 名 位 人口 居民 游客 员工 学生 旅客 乘客 客商 外商 商人 士兵 成员 会员 患者 采购商 商户 职工",
    "country": "country countries nation nations|国 国家",
    "city": "city cities|城市 市",
    "company": "company companies enterprise enterprises firm firms business businesses|企业 公司",
    "shop": "shop shops store stores outlet outlets|店铺 商店 门店 网店 店",
    "booth": "booth booths stall stalls|商位 摊位 展位",
    "market": "market markets|市场",
    "province": "province provinces|省 省份",
    "train": "train trains|列 班列 列车",
    "container": "container containers|集装箱",
    "vehicle": "vehicle vehicles car cars|辆 车辆 汽车",
    "aircraft": "aircraft plane planes airplane airplanes|架 飞机",
    "ship": "ship ships vessel vessels|艘 船只 船舶",
    "kind": "kind kinds type types category categories variety varieties|种 类 种类",
    "order": "order orders|订单 单",
    "time": "time times|次",
    "visit": "visit visits trip trips|人次",
    "house": "home homes house houses household households|户 住房 房屋",
    "school": "school schools|学校 校",
    "language": "language languages|语言",
    "job": "job jobs|岗位 工作岗位",
    "book": "book books|本 册 书",
    "product": "product products item items|产品 商品",
    "goal": "goal goals|球 进球",
    "seat": "seat seats|席 席位 座位",
}
ENGLISH_THINGS = {word: key for key, words in _THINGS.items() for word in words.split("|")[0].split()}
CHINESE_THINGS = {word: key for key, words in _THINGS.items() for word in words.split("|")[1].split()}


def _alternatives(words: dict[str, str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", "[ -]") for word in sorted(words, key=lambda w: (-len(w), w)))


UNIT_ENGLISH = {word: key for key, unit in UNITS.items() for word in unit.english}
UNIT_CHINESE = {word: key for key, unit in UNITS.items() for word in unit.chinese}
CURRENCY_ENGLISH = {word: code for code, (english, _) in CURRENCIES.items() for word in english}
CURRENCY_CHINESE = {word: code for code, (_, chinese) in CURRENCIES.items() for word in chinese}
_CASED = {
    "m",
    "MW",
    "kW",
    "GW",
    "KB",
    "MB",
    "GB",
    "TB",
    "mm",
    "nm",
    "°C",
    "°F",
    "° C",
    "° F",
    "Hz",
    "MHz",
    "GHz",
    "kWh",
    "MWh",
}
ENGLISH_UNIT_WORDS = _alternatives({w: k for w, k in UNIT_ENGLISH.items() if w not in _CASED})
CASED_UNIT_WORDS = _alternatives({w: k for w, k in UNIT_ENGLISH.items() if w in _CASED})
GUARDED_UNITS = frozenset("年天日周度克升米瓦")
"""Units of one character that begin other words too: read only where none of those follows."""
CHINESE_UNIT_WORDS = _alternatives({w: k for w, k in UNIT_CHINESE.items() if w not in GUARDED_UNITS})
ENGLISH_CURRENCY_WORDS = _alternatives(CURRENCY_ENGLISH)
CHINESE_CURRENCY_WORDS = _alternatives(CURRENCY_CHINESE)
SIGN_WORDS = _alternatives(SIGNS)
LOWER_UNITS = {word.lower(): key for word, key in UNIT_ENGLISH.items()}
LOWER_CURRENCIES = {word.lower(): code for word, code in CURRENCY_ENGLISH.items()}
