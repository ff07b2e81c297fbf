"""Signs documents with pyHanko, as another product would.

Standard input: one JSON object a line: key, certificate, chain, roots (paths of PEM), source, out, field, tsa, level
(B-B, B-T, B-LT, B-LTA); where wanted digest, pss, certify, adobe (adbe.pkcs7.detached), password.
"""

import asyncio
import json
import sys

import aiohttp
from pyhanko.keys import load_cert_from_pemder, load_certs_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps.aiohttp_client import AIOHttpTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore


async def sign(order, session):
    store = SimpleCertificateStore()
    store.register_multiple(load_certs_from_pemder([order["chain"]]))
    signer = SimpleSigner(
        signing_cert=load_cert_from_pemder(order["certificate"]),
        signing_key=load_private_key_from_pemder(order["key"], None),
        cert_registry=store,
        prefer_pss=order.get("pss", False),
    )
    level = order["level"]
    is_long = level in ("B-LT", "B-LTA")
    context = ValidationContext(
        trust_roots=list(load_certs_from_pemder([order["roots"]])), allow_fetching=True, other_certs=list(store)
    )
    metadata = PdfSignatureMetadata(
        field_name=order["field"],
        md_algorithm=order.get("digest", "sha256"),
        certify=order.get("certify", False),
        subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED if order.get("adobe") else SigSeedSubFilter.PADES,
        embed_validation_info=is_long,
        use_pades_lta=level == "B-LTA",
        validation_context=context if is_long else None,
    )
    with open(order["source"], "rb") as source:
        writer = IncrementalPdfFileWriter(source, strict=False)
        if "password" in order:
            writer.encrypt(order["password"].encode())
        stamper = None if level == "B-B" else AIOHttpTimeStamper(order["tsa"], session)
        with open(order["out"], "w+b") as out:
            await PdfSigner(metadata, signer, timestamper=stamper).async_sign_pdf(writer, output=out)


async def main():
    async with aiohttp.ClientSession() as session:
        for line in sys.stdin:
            await sign(json.loads(line), session)


asyncio.run(main())
