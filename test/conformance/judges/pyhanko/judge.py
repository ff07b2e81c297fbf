"""pyHanko's verdict on many PDF files in one process.

    judge.py ANCHOR.pem < FILES

FILES: one path a line, followed by a tab and the password where the file needs one.
Answer: one line of JSON for each file, in the same order.
"""

import asyncio
import json
import logging
import sys

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext


def describe_timestamp(status):
    if status is None:
        return None
    return {
        "intact": status.intact,
        "valid": status.valid,
        "trusted": status.trusted,
        "time": status.timestamp.isoformat(),
    }


async def judge_signature(signature, anchors):
    verdict = {"field": signature.field_name}
    try:
        status = await async_validate_pdf_signature(
            signature,
            signer_validation_context=ValidationContext(trust_roots=anchors, allow_fetching=True),
            ts_validation_context=ValidationContext(trust_roots=anchors, allow_fetching=True),
        )
    except Exception as error:  # whatever stops pyHanko is its verdict on this signature
        return verdict | {"error": f"{type(error).__name__}: {error}"}
    modification = status.modification_level
    return verdict | {
        "signer": status.signing_cert.subject.human_friendly,
        "intact": status.intact,
        "valid": status.valid,
        "trusted": status.trusted,
        "coverage": status.coverage.name,
        "modification": None if modification is None else modification.name,
        "permitted": status.docmdp_ok,
        "timestamp": describe_timestamp(status.timestamp_validity),
        "accepted": status.bottom_line,
    }


async def judge_document_timestamp(timestamp, anchors):
    verdict = {"field": timestamp.field_name}
    try:
        context = ValidationContext(trust_roots=anchors, allow_fetching=True)
        status = await async_validate_pdf_timestamp(timestamp, validation_context=context)
    except Exception as error:
        return verdict | {"error": f"{type(error).__name__}: {error}"}
    return verdict | {"coverage": status.coverage.name} | describe_timestamp(status)


async def judge_opened(reader, password, anchors):
    if reader.encrypted and reader.decrypt(password.encode()).status == AuthStatus.FAILED:
        return {"error": "the password is wrong", "signatures": []}
    return {
        "signatures": [await judge_signature(s, anchors) for s in reader.embedded_regular_signatures],
        "documentTimestamps": [
            await judge_document_timestamp(t, anchors) for t in reader.embedded_timestamp_signatures
        ],
    }


async def judge_file(path, password, anchors):
    """Reads strictly; a file that pyHanko reads only with forgiveness is marked as not strict."""
    for strict in (True, False):
        try:
            with open(path, "rb") as file:
                reader = PdfFileReader(file, strict=strict)
                verdict = await judge_opened(reader, password, anchors)
                return {"file": path, "strict": strict} | verdict
        except PdfStrictReadError:
            continue
        except Exception as error:
            return {"file": path, "error": f"{type(error).__name__}: {error}", "signatures": []}


async def main():
    logging.disable(logging.CRITICAL)
    anchors = list(load_certs_from_pemder([sys.argv[1]]))
    for line in sys.stdin:
        path, _, password = line.rstrip("\n").partition("\t")
        print(json.dumps(await judge_file(path, password, anchors)), flush=True)


asyncio.run(main())
