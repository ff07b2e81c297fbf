"""pyHanko: an incremental update, written to a new file and flushed."""
import json
import os
import resource
import sys
import time

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

job = json.loads(sys.argv[1])
credentials = job["credentials"]
signer = signers.SimpleSigner.load(
    credentials["key"], credentials["certificate"], ca_chain_files=(credentials["chain"],)
)
anchor = load_cert_from_pemder(credentials["anchor"])
metadata = signers.PdfSignatureMetadata(
    field_name="Signature1", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
)


def sign(path):
    """Signs one document; answers how long the flush took."""
    target = os.path.join(job["output"], os.path.basename(path))
    with open(path, "rb") as source, open(target, "wb+") as output:
        signers.sign_pdf(IncrementalPdfFileWriter(source), metadata, signer=signer, output=output)
        output.flush()
        start = time.perf_counter()
        os.fdatasync(output.fileno())
        return (time.perf_counter() - start) * 1000


def verify(path):
    """Verifies what was signed, against the anchor, without the network."""
    context = ValidationContext(trust_roots=[anchor], allow_fetching=False)
    with open(os.path.join(job["output"], os.path.basename(path)), "rb") as signed:
        status = validate_pdf_signature(PdfFileReader(signed).embedded_signatures[-1], context)
    assert status.bottom_line, status.summary()


def bytes_used():
    with open("/proc/self/io") as lines:
        entries = dict(line.strip().split(": ") for line in lines)
    return int(entries["rchar"]), int(entries["wchar"])


rounds = []
used = (0, 0)
for index in range(job["rounds"]):
    before = bytes_used()
    start = time.perf_counter()
    sync = sum(sign(path) for path in job["inputs"])
    spent = (time.perf_counter() - start) * 1000
    start = time.perf_counter()
    for path in job["inputs"]:
        verify(path)
    checked = (time.perf_counter() - start) * 1000
    rounds.append({"ms": spent, "syncMs": sync, "parts": {"sign": spent - sync, "verify": checked}})
    if index == 0:
        used = tuple(after - earlier for after, earlier in zip(bytes_used(), before))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"rounds": rounds, "peakMegabytes": peak, "megabytesRead": used[0] / 1e6, "megabytesWritten": used[1] / 1e6}))
