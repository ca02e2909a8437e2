"""Documents that people keep or print: one model, as Markdown and as PDF.

`document.Document` is put together by a noun; `markdown.written` and `process.printed` make files of it, the second in
a process of its own, which `pdf` runs in.
"""
