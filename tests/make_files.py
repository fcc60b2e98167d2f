"""Files of every format about one made-up hall, for tests of reading; all made here, none kept."""

import csv
import io
import json
import zipfile
from email.message import EmailMessage

ENGLISH = [
    "The new hall opened on Friday. Traders came from thirty countries to see it.",
    "The city paid 40 million yuan for the building, which took three years to finish.",
    "Stone came from the hills and glass came by train, because the roads were closed in winter.",
]
CHINESE = [
    "新馆于星期五开放，来自三十个国家的商人前来参观。",
    "全市为这座建筑支付了四千万元，工程历时三年才告完成。",
    "石料来自山里，玻璃由火车运来，因为冬天公路封闭，汽车无法通行。",
]


def html_page(paragraphs=ENGLISH, title="The new hall", author="Jane Doe", charset="utf-8"):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs * 2)
    return f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title} | Hall Times</title>
<meta name="author" content="{author}"><meta property="og:title" content="{title}">
<meta property="og:site_name" content="Hall Times"><meta property="article:published_time" content="2026-02-14T08:00:00Z">
<link rel="canonical" href="https://example.org/hall"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav>
<article><h1>{title}</h1>{body}</article><footer>All rights reserved. Imprint</footer></body></html>""".encode(charset)


def docx_file():
    import docx

    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "The new hall", "Jane Doe"
    document.add_heading("The new hall", 1)
    for paragraph in ENGLISH:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        (*table.rows[0].cells, *table.rows[1].cells), ("Year", "Visitors", "2025", "12,400"), strict=True
    ):
        cell.text = words
    document.add_paragraph("石料来自山里。", style="List Bullet")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf_file(pages=(ENGLISH, CHINESE), password=None, head=True, columns=86):
    """A PDF whose lines are broken at a width, with a running head and page numbers."""
    from reportlab.lib.pagesizes import A5
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A5, encrypt=password)
    canvas.setTitle("The new hall")
    for number, paragraphs in enumerate(pages, 1):
        lines = [line for paragraph in paragraphs for line in _wrapped(paragraph, columns)]
        if head:
            lines = [f"Hall Times, issue 7, page {number}", *lines, str(number)]
        for row, line in enumerate(lines):
            canvas.setFont("STSong-Light", 9)
            canvas.drawString(20, 560 - 14 * row, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _wrapped(text, columns):
    lines, line, width = [], "", 0
    pieces = text.split(" ") if text.isascii() else list(text)
    gap = " " if text.isascii() else ""
    for piece in pieces:
        wide = len(piece) * (1 if text.isascii() else 2)
        if line and width + wide > columns:
            lines.append(line)
            line, width = "", 0
        line, width = (f"{line}{gap}{piece}" if line else piece), width + wide + len(gap)
    return [*lines, line]


def epub_file(chapters=(ENGLISH, CHINESE)):
    items = "".join(f'<item id="c{n}" href="text/c{n}.xhtml" media-type="x"/>' for n in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = f"""<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>The new hall</dc:title><dc:creator>Jane Doe</dc:creator><dc:date>2026-02-14</dc:date></metadata>
<manifest>{items}</manifest><spine>{spine}</spine></package>"""
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": package,
    }
    for number, paragraphs in enumerate(chapters):
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        files[f"OEBPS/text/c{number}.xhtml"] = (
            f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>'
            f"<body><h2>Chapter {number + 1}</h2>{body}</body></html>"
        )
    return zip_file(files)


def zip_file(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def mail_file(html=False, attachment=None):
    message = EmailMessage()
    message["Subject"], message["From"] = "新馆 The new hall", "Jane Doe <jane@example.org>"
    message["Date"] = "Sat, 14 Feb 2026 08:00:00 +0000"
    if html:
        message.set_content("".join(f"<p>{paragraph}</p>" for paragraph in ENGLISH), subtype="html")
    else:
        message.set_content("\n\n".join(ENGLISH))
    if attachment:
        name, data = attachment
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def csv_file(names=("标题", "正文", "媒体", "发布日期"), delimiter=","):
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(names)
    writer.writerow(["新馆", "\n\n".join(CHINESE), "大厅日报", "2026年2月14日"])
    writer.writerow(["The new hall", "\n\n".join(ENGLISH), "Hall Times", "2026-02-14"])
    return stream.getvalue().encode("utf-8-sig")


def json_file():
    rows = [
        {
            "headline": "The new hall",
            "body": ENGLISH,
            "authors": ["Jane Doe", "Li Jun"],
            "link": "https://example.org/a",
        }
    ]
    return json.dumps({"articles": rows}).encode()


def jsonl_file():
    rows = [{"title": "新馆", "content": "\n".join(CHINESE)}, {"title": "The new hall", "content": ENGLISH}]
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def rss_file(base="https://example.org"):
    item = "".join(f"&lt;p&gt;{paragraph}&lt;/p&gt;" for paragraph in ENGLISH)
    return f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Hall Times</title>
<item><title>The new hall</title><link>{base}/hall</link><description>{item}</description>
<pubDate>Sat, 14 Feb 2026 08:00:00 GMT</pubDate></item>
<item><title>Empty</title><link>{base}/empty</link></item></channel></rss>""".encode()


def atom_file():
    return f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>大厅日报</title>
<entry><title>新馆</title><link href="https://example.org/xinguan"/><updated>2026-02-14T08:00:00Z</updated>
<content type="html">{"".join(f"&lt;p&gt;{paragraph}&lt;/p&gt;" for paragraph in CHINESE)}</content></entry></feed>""".encode()


def every_file():
    """One sound file of each format, by name."""
    return {
        "hall.txt": "\n\n".join(ENGLISH).encode(),
        "hall.md": ("---\ntitle: Hall\n---\n" + "\n\n".join(CHINESE)).encode(),
        "hall.html": html_page(),
        "hall.pdf": pdf_file(),
        "hall.docx": docx_file(),
        "hall.epub": epub_file(),
        "hall.eml": mail_file(),
        "hall.csv": csv_file(),
        "hall.json": json_file(),
        "hall.jsonl": jsonl_file(),
        "hall.rss": rss_file(),
        "hall.atom": atom_file(),
        "hall.zip": zip_file({"a.txt": ENGLISH[0], "b/c.html": html_page()}),
    }
