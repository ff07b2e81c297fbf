"""pyHanko's verdict on many PDF files in one process.

Standard input: a file a line, as ANCHORS.pem TAB WAY TAB PATH [TAB PASSWORD]. The way is `usual`, `offline` (nothing is
fetched) or `ades`: each signature is then also judged from the file alone, as `pyhanko sign adesverify` does. What
follows it after an `@` (ISO 8601) is the time that its clock shows while it judges.
Answer: one line of JSON for each file, in the same order.
"""

import asyncio
import json
import logging
import sys
from contextlib import nullcontext
from datetime import datetime

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import PdfSignatureValidationSpec, SignatureValidationSpec
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy, FreshnessReqType
from pyhanko_certvalidator.registry import SimpleTrustManager



def describe_timestamp(status):
    if status is None:
        return None
    return {
        "intact": status.intact,
        "valid": status.valid,
        "trusted": status.trusted,
        "time": status.timestamp.isoformat(),
    }


def ades_policy(anchors):
    """That of `pyhanko sign adesverify`: revocation data for every certificate, nothing fetched."""
    revocation = CertRevTrustPolicy(
        REQUIRE_REVINFO,
        freshness=None,
        freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
    )
    certificates = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=anchors),
        revinfo_policy=revocation,
    )
    return PdfSignatureValidationSpec(
        signature_validation_spec=SignatureValidationSpec(cert_validation_policy=certificates),
        diff_policy=DEFAULT_DIFF_POLICY,
    )


async def judge_ades(signature, anchors):
    result = await ades_lta_validation(
        signature, ades_policy(anchors), timing_info=ValidationTimingInfo.now()
    )
    # `adesverify` prints the status; the indication also wants proof that the data existed, which is for B-LTA to give.
    accepted = result.api_status is not None and result.api_status.bottom_line
    return {"ades": result.ades_subindic.name, "adesAccepted": accepted}


async def judge_signature(signature, anchors, way):
    verdict = {"field": signature.field_name}
    try:
        ades = await judge_ades(signature, anchors) if way == "ades" else {}
        status = await async_validate_pdf_signature(
            signature,
            signer_validation_context=ValidationContext(trust_roots=anchors, allow_fetching=way != "offline"),
            ts_validation_context=ValidationContext(trust_roots=anchors, allow_fetching=way != "offline"),
        )
    except Exception as error:  # whatever stops pyHanko is its verdict on this signature
        return verdict | {"error": f"{type(error).__name__}: {error}"}
    modification = status.modification_level
    return verdict | ades | {
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


async def judge_document_timestamp(timestamp, anchors, way):
    verdict = {"field": timestamp.field_name}
    try:
        context = ValidationContext(trust_roots=anchors, allow_fetching=way != "offline")
        status = await async_validate_pdf_timestamp(timestamp, validation_context=context)
    except Exception as error:
        return verdict | {"error": f"{type(error).__name__}: {error}"}
    return verdict | {"coverage": status.coverage.name} | describe_timestamp(status)


async def judge_opened(reader, password, anchors, way):
    if reader.encrypted and reader.decrypt(password.encode()).status == AuthStatus.FAILED:
        return {"error": "the password is wrong", "signatures": []}
    return {
        "signatures": [await judge_signature(s, anchors, way) for s in reader.embedded_regular_signatures],
        "documentTimestamps": [
            await judge_document_timestamp(t, anchors, way) for t in reader.embedded_timestamp_signatures
        ],
    }


async def judge_file(path, password, anchors, way):
    """Reads strictly; a file that pyHanko reads only with forgiveness is marked as not strict."""
    for strict in (True, False):
        try:
            with open(path, "rb") as file:
                reader = PdfFileReader(file, strict=strict)
                verdict = await judge_opened(reader, password, anchors, way)
                return {"file": path, "strict": strict} | verdict
        except PdfStrictReadError:
            continue
        except Exception as error:
            return {"file": path, "error": f"{type(error).__name__}: {error}", "signatures": []}


def clock_at(at):
    """pyHanko asks for the time in many places, not only for that of its validation context."""
    if not at:
        return nullcontext()
    import time_machine

    return time_machine.travel(datetime.fromisoformat(at.replace("Z", "+00:00")))


async def main():
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        anchor, way, path, *password = line.rstrip("\n").split("\t")
        anchors = list(load_certs_from_pemder([anchor]))
        way, _, at = way.partition("@")
        with clock_at(at):
            verdict = await judge_file(path, password[0] if password else "", anchors, way)
        print(json.dumps(verdict), flush=True)


asyncio.run(main())
