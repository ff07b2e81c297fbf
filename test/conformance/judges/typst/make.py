"""Writes documents of every flavour of PDF/A, and of PDF/UA, into a folder:  make.py FOLDER

Each file is named after what it claims and what is in it, such as `a-2u+ua-1 table.pdf`.
"""

import itertools
import pathlib
import sys

import typst

HEAD = """#set document(title: "Agreement", author: "Somebody", date: datetime(year: 2026, month: 1, day: 1))
#set text(lang: "en")
"""
DOCUMENTS = {
    "letter": '= Agreement\nWe agree on _this_, with a #link("https://example.org/")[link].\n',
    "table": "= Prices\n#table(columns: 2, table.header[What][Price], [Paper], [3 EUR], [Ink], [5 EUR])\n",
    "drawing": '= Drawing\n#figure(alt: "A square", rect(width: 4cm, height: 3cm, fill: rgb("#c00")), caption: [A square])\n',
    "pages": "= First\n#lorem(300)\n#pagebreak()\n= Second\n#lorem(300)\n#set page(flipped: true)\n= Third\n#lorem(80)\n",
    "formula": '= Formula\n#math.equation(alt: "a squared plus b squared", block: true, $a^2 + b^2 = c^2$)\n',
}
FLAVOURS = ["a-1b", "a-1a", "a-2b", "a-2u", "a-2a", "a-3b", "a-3u", "a-3a", "a-4", "a-4f", "a-4e", "ua-1", "a-2a+ua-1", "a-3a+ua-1"]
WITH_ATTACHMENT = {"a-3b", "a-3a", "a-4f"}
ATTACHMENT = """#pdf.attach("terms.txt", bytes("Terms"), relationship: "supplement", mime-type: "text/plain",
  description: "Terms")
"""

folder = pathlib.Path(sys.argv[1])
for flavour, (name, text) in itertools.product(FLAVOURS, DOCUMENTS.items()):
    source = HEAD + text + (ATTACHMENT if flavour in WITH_ATTACHMENT else "")
    pdf = typst.compile(source.encode(), format="pdf", pdf_standards=flavour.split("+"), ignore_system_fonts=True)
    (folder / f"{flavour} {name}.pdf").write_bytes(pdf)
