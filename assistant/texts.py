"""Every word that the page and the answers say, in both languages."""

from __future__ import annotations

from corpus.records import Language, Place

_TEXTS: dict[str, tuple[str, str]] = {
    # The page as a whole
    "tagline": (
        "Answers from English and Chinese articles, proved by exact quotes",
        "根据中英文文章回答问题，句句有原文引文",
    ),
    "other_language": ("中文", "English"),
    "switch_language": ("Show this page in Chinese", "用英文显示本页"),
    "tab_chat": ("Chat", "问答"),
    "tab_articles": ("Articles", "文章"),
    "tab_reports": ("Evaluations", "评测"),
    "close": ("Close", "关闭"),
    "cancel": ("Cancel", "取消"),
    "save": ("Save", "保存"),
    "language_en": ("English", "英文"),
    "language_zh": ("Chinese", "中文"),
    "fault": ("Something went wrong. Your question is kept; try again.", "出了点问题。您的问题还在，请重试。"),
    "busy": ("Many people are asking just now. Try again in a moment.", "现在提问的人很多，请稍后再试。"),
    "server_gone": (
        "The server does not answer. This conversation is kept in your browser; start the server again and reload.",
        "服务器没有响应。对话已保存在浏览器里，请重新启动服务器，然后刷新页面。",
    ),
    # Asking
    "ask_label": ("Your question", "您的问题"),
    "ask_placeholder": ("Ask about the articles, in English or Chinese", "就这些文章提问，中文英文都可以"),
    "send": ("Ask", "提问"),
    "stop": ("Stop", "停止"),
    "start": ("What would you like to know?", "想了解什么？"),
    "start_hint": (
        "Every statement in an answer carries a number that opens the exact sentence it stands on.",
        "回答里的每句话都带编号，点开就是它所依据的原文句子。",
    ),
    "start_empty": (
        "There are no articles yet. Add some under “Articles”, then ask.",
        "还没有文章。请先在“文章”页添加，再来提问。",
    ),
    "understanding": ("Reading the question", "理解问题"),
    "searching": ("Searching the articles", "检索文章"),
    "reading": ("Reading what was found", "阅读找到的内容"),
    "you": ("You asked", "您的提问"),
    "answer": ("Answer", "回答"),
    "conversation": ("Conversation", "对话"),
    "edit": ("Edit", "修改"),
    "retry": ("Ask again", "重新回答"),
    "undo": ("Undo", "撤回"),
    "copy": ("Copy", "复制"),
    "copied": ("Copied", "已复制"),
    "suggestions": ("Go on with", "接着问"),
    "status_answered": ("Answered", "已回答"),
    "status_conflict": ("Sources differ", "来源说法不一"),
    "status_not_found": ("Not found", "未找到"),
    "not_found_hint": (
        "Try other words, or look whether “Search in” below leaves articles out.",
        "换个说法试试，或者看看下面的“检索范围”是否排除了一些文章。",
    ),
    # Restricting a question
    "scope": ("Search in", "检索范围"),
    "scope_languages": ("Languages", "语言"),
    "scope_publishers": ("Publishers", "媒体"),
    "scope_documents": ("Articles", "文章"),
    "scope_first": ("From date", "起始日期"),
    "scope_last": ("To date", "截止日期"),
    "scope_clear": ("All articles", "全部文章"),
    "scope_date": ("Write a date like 2026-01-31.", "日期请写成 2026-01-31 这样。"),
    # Conversations kept in the browser
    "talks": ("Conversations", "对话记录"),
    "talks_empty": ("Conversations are kept here, in this browser only.", "对话只保存在这个浏览器里。"),
    "new_talk": ("New", "新对话"),
    "rename": ("Rename", "重命名"),
    "delete": ("Delete", "删除"),
    "delete_talk": ("Delete this conversation?", "删除这个对话吗？"),
    "talk_name": ("Name of the conversation", "对话名称"),
    "export_markdown": ("Export as Markdown", "导出为 Markdown"),
    "export_json": ("Export as JSON", "导出为 JSON"),
    "storage_full": ("The browser's storage is full; delete old conversations.", "浏览器存储已满，请删除旧对话。"),
    # Quotes and the source reader
    "quotes_heading": ("Quotes", "引文"),
    "quotes_count": ("{number} quotes", "{number} 条引文"),
    "quotes_count_one": ("1 quote", "1 条引文"),
    "quotes_empty": ("The exact sentences that prove an answer appear here.", "证明回答的原文句子会显示在这里。"),
    "quotes_none": ("Nothing in the articles proves an answer.", "文章里没有能证明答案的内容。"),
    "show_quote": ("Show quote {number}", "查看引文{number}"),
    "quote": ("Quote {number}", "引文{number}"),
    "open_source": ("Open in the article", "在原文中查看"),
    "place_page": ("page {number}", "第{number}页"),
    "place_paragraph": ("paragraph {number}", "第{number}段"),
    "place_below": ("{place} below “{heading}”", "“{heading}”之下{place}"),
    "gloss": ("Word by word, by machine:", "机器逐词释义："),
    "translation": ("Translated by machine:", "机器翻译："),
    "reader": ("Source", "原文"),
    "reader_previous": ("Previous quote", "上一条引文"),
    "reader_next": ("Next quote", "下一条引文"),
    "reader_cut": (
        "This article is very long; only the part around the quote is shown.",
        "文章很长，只显示引文前后的部分。",
    ),
    "article_removed": (
        "Article removed: this answer quoted an article that is no longer in the collection.",
        "文章已移除：此回答引用的文章已不在文库中。",
    ),
    "reader_missing": ("This article is no longer in the collection.", "这篇文章已不在文库中。"),
    "publisher": ("Publisher", "媒体"),
    "author": ("Author", "作者"),
    "published": ("Date", "日期"),
    "language": ("Language", "语言"),
    "source": ("File", "文件"),
    "link": ("Address", "网址"),
    "licence": ("Licence", "许可"),
    "reports_on": ("Reports on", "报道来源"),
    "length": ("Characters", "字数"),
    "unknown": ("unknown", "不详"),
    # Why an answer is not the chat model's
    "model_down": (
        "The chat model can't be reached; this is the articles' own wording.",
        "无法连接语言模型，以上直接取自文章原文。",
    ),
    "model_slow": (
        "The chat model took too long; this is the articles' own wording.",
        "语言模型超时，以上直接取自文章原文。",
    ),
    "model_busy": (
        "The chat model takes no more requests just now; this is the articles' own wording.",
        "语言模型暂时不接受更多请求，以上直接取自文章原文。",
    ),
    "model_key": (
        "The chat model did not accept the key; this is the articles' own wording.",
        "语言模型不接受密钥，以上直接取自文章原文。",
    ),
    "model_absent": (
        "The endpoint does not have this chat model; this is the articles' own wording.",
        "服务端没有这个语言模型，以上直接取自文章原文。",
    ),
    "model_long": (
        "The sources are too long for the chat model; this is the articles' own wording.",
        "来源超出语言模型的长度限制，以上直接取自文章原文。",
    ),
    "model_refused": (
        "The chat model refused to answer; this is the articles' own wording.",
        "语言模型拒绝回答，以上直接取自文章原文。",
    ),
    "model_garbage": (
        "The chat model's reply could not be read; this is the articles' own wording.",
        "无法读懂语言模型的回复，以上直接取自文章原文。",
    ),
    "model_broke": (
        "The chat model broke off; what stands here was checked or is the articles' own wording.",
        "语言模型中途中断，以上内容已核对或直接取自文章原文。",
    ),
    "model_unproved": (
        "Nothing that the chat model said could be proved; this is the articles' own wording.",
        "语言模型的说法都无法证实，以上直接取自文章原文。",
    ),
    "model_fault": (
        "The chat model failed; this is the articles' own wording.",
        "语言模型出错，以上直接取自文章原文。",
    ),
    # Feedback
    "good": ("This helped", "有帮助"),
    "bad": ("Something is wrong", "有问题"),
    "feedback": ("What is wrong?", "哪里有问题？"),
    "feedback_comment": ("In your words (not required)", "补充说明（可不填）"),
    "feedback_kept": ("Kept on this server, sent nowhere.", "只保存在本服务器上，不会发往别处。"),
    "feedback_saved": ("Thank you, your feedback is kept.", "谢谢，反馈已保存。"),
    "reason_wrong": ("The answer is wrong", "回答不对"),
    "reason_quote": ("The quote does not prove it", "引文不能证明回答"),
    "reason_missed": ("The articles do tell, but it was not found", "文章里有，但没有找到"),
    "reason_language": ("Hard to understand", "不好懂"),
    "reason_other": ("Something else", "其他"),
    # Articles
    "articles_search": ("Search title, publisher, year", "按标题、媒体、年份查找"),
    "articles_count": ("{shown} of {all} articles", "共 {all} 篇，显示 {shown} 篇"),
    "articles_none": ("No article matches.", "没有符合的文章。"),
    "articles_empty": ("The collection is empty. Add files or paste a text.", "文库是空的。请上传文件或粘贴文本。"),
    "articles_more": (
        "Only the first {shown} are shown; search to find the others.",
        "只显示前 {shown} 篇，其余请用查找。",
    ),
    "title": ("Title", "标题"),
    "select_article": ("Select {title}", "选择《{title}》"),
    "ask_these": ("Ask only the selected", "只问选中的"),
    "remove_these": ("Remove the selected", "移除选中的"),
    "remove_confirm": ("Remove {number} articles?", "移除 {number} 篇文章吗？"),
    "none_selected": ("Select articles in the table first.", "请先在表格里选择文章。"),
    "restricted": ("Questions now go to {number} articles.", "现在只在 {number} 篇文章里检索。"),
    "removed": ("{number} articles removed.", "已移除 {number} 篇文章。"),
    "removed_undo": ("Put back", "恢复"),
    "restored": ("{number} articles are back.", "已恢复 {number} 篇文章。"),
    "upload": ("Add files", "添加文件"),
    "upload_hint": (
        "Drop files here, or choose them: text, web pages, PDF, Word, EPUB, mails, tables, zip.",
        "把文件拖到这里，或点击选择：文本、网页、PDF、Word、EPUB、邮件、表格、zip。",
    ),
    "upload_progress": ("Reading {name} ({done} of {all})", "正在读取 {name}（{done}/{all}）"),
    "paste": ("Paste a text", "粘贴文本"),
    "paste_title": ("Title (found in the text when left empty)", "标题（不填则从文本中识别）"),
    "paste_text": ("Text of the article", "文章全文"),
    "paste_add": ("Add this text", "添加文本"),
    "result_added": ("Added", "已添加"),
    "result_unchanged": ("Already there", "已有"),
    "result_refused": ("Refused", "未接受"),
    # Reports
    "report": ("Report", "报告"),
    "reports_empty": (
        "No report yet. Run a set of questions, or put a report into this folder and open this tab again:",
        "还没有报告。请运行一个题集，或把报告放进下面的文件夹，再重新打开本页：",
    ),
    "report_alone": ("Open the report on a page of its own", "单独打开报告"),
    "eval_set": ("Set of questions", "题集"),
    "eval_set_hint": ("Sets in sets/ of the home folder are offered too.", "主文件夹 sets/ 里的题集也会列出。"),
    "eval_run": ("Run", "运行"),
    "eval_running": ("Asking {name}", "正在评测 {name}"),
    "eval_left": ("{time} left", "还需 {time}"),
    "eval_done": ("{name}: {done} questions, finished.", "{name}：{done} 个问题，已完成。"),
    "eval_stopped": (
        "{name}: stopped after {done} questions. Running it again goes on from there.",
        "{name}：在第 {done} 题后停止，再次运行会接着进行。",
    ),
    "eval_before": ("Compare with", "比较对象"),
    "eval_compare": ("Compare", "比较"),
}


def text(key: str, language: Language) -> str:
    """The words of a key in a language.

    Raises:
        KeyError: The key is unknown.
    """
    english, chinese = _TEXTS[key]
    return chinese if language == "zh" else english


def place_text(place: Place | None, language: Language) -> str:
    """Page or paragraph in words; empty where it is not known."""
    if place is None:
        return ""
    words = text(f"place_{place.unit}", language).format(number=place.number)
    if not place.heading:
        return words
    return text("place_below", language).format(place=words, heading=place.heading)


def both(key: str) -> dict[Language, str]:
    """The words of a key in all languages."""
    english, chinese = _TEXTS[key]
    return {"en": english, "zh": chinese}


def keys() -> list[str]:
    """All keys, in order."""
    return list(_TEXTS)
