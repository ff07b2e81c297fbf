"""pkilint's verdict on many certificates, CRLs and OCSP responses in one process.

Standard input: one a line, as LINTER TAB ARGUMENTS TAB PATH, where LINTER is a program of pkilint (`lint_etsi_cert`) and
ARGUMENTS are those of its command `lint`, separated by spaces.
Answer: one line of JSON for each, in the same order: an array of findings, as the program itself prints them.
"""

import contextlib
import importlib
import io
import json
import sys


def lint(line):
    program, arguments, path = line.rstrip("\n").split("\t")
    main = importlib.import_module(f"pkilint.bin.{program}").main
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        main(["lint", *arguments.split(), "-f", "JSON", path])
    return [
        {"severity": finding["severity"], "code": finding["code"], "message": finding.get("message")}
        for result in json.loads(printed.getvalue())["results"]
        for finding in result["finding_descriptions"]
    ]


for line in sys.stdin:
    print(json.dumps(lint(line)), flush=True)
