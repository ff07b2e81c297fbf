"""Signs three PDFs in one authorisation through a CSC v1 server, with pyHanko's own client, and validates them.

usage: sign_with_pyhanko.py BASE CREDENTIAL TOKEN PIN ROOT.pem FOLDER
"""
import asyncio
import io
import sys

import aiohttp
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils import generic, writer
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.csc_signer import (
    CSCAuthorizationManager,
    CSCServiceSessionInfo,
    CSCSigner,
    fetch_certs_in_csc_credential,
)
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

DOCUMENTS = 3


class Explicit(CSCAuthorizationManager):
    """Authorises the hashes of the batch with the PIN."""

    def __init__(self, http, session, credential, pin):
        super().__init__(session, credential)
        self.http = http
        self.pin = pin

    async def authorize_signature(self, hash_b64s):
        body = self.format_csc_auth_request(hash_b64s=hash_b64s, pin=self.pin)
        url = self.csc_session_info.endpoint_url("credentials/authorize")
        async with self.http.post(url, headers=self.auth_headers, json=body) as response:
            if response.status != 200:
                raise SystemExit(f"authorize: {response.status} {await response.text()}")
            return self.parse_csc_auth_response(await response.json())


def blank_pdf():
    document = writer.PdfFileWriter()
    box = generic.ArrayObject([generic.NumberObject(side) for side in (0, 0, 200, 200)])
    contents = document.add_object(generic.StreamObject(stream_data=b" "))
    document.insert_page(writer.PageObject(contents=contents, media_box=box))
    out = io.BytesIO()
    document.write(out)
    out.seek(0)
    return out


async def main(base, credential_id, token, pin, root, folder):
    session = CSCServiceSessionInfo(base, credential_id, oauth_token=token)
    async with aiohttp.ClientSession() as http:
        credential = await fetch_certs_in_csc_credential(http, session)
        signer = CSCSigner(http, Explicit(http, session, credential, pin), batch_size=DOCUMENTS)

        async def sign(number):
            metadata = signers.PdfSignatureMetadata(
                field_name="Seal",
                md_algorithm="sha256",
                reason=f"document {number}",
                subfilter=fields.SigSeedSubFilter.PADES,
            )
            return await signers.async_sign_pdf(
                IncrementalPdfFileWriter(blank_pdf()), metadata, signer=signer
            )

        signed = await asyncio.gather(*(sign(number) for number in range(DOCUMENTS)))
    anchors = [load_cert_from_pemder(root)]
    for number, out in enumerate(signed):
        with open(f"{folder}/{number}.pdf", "wb") as file:
            file.write(out.getvalue())
        embedded = PdfFileReader(io.BytesIO(out.getvalue())).embedded_signatures[0]
        context = ValidationContext(
            trust_roots=anchors, allow_fetching=False, other_certs=list(credential.chain), revocation_mode="soft-fail"
        )
        status = await async_validate_pdf_signature(embedded, context)
        assert embedded.sig_object["/Reason"] == f"document {number}", "another signature came back"
        words = ["valid" if status.intact and status.valid else "invalid", "trusted" if status.trusted else "untrusted"]
        print(number, *words)


asyncio.run(main(*sys.argv[1:]))
