"""A client of a One-Shot Optimizer, written from the public documents of its maker alone.

Usage: one_shot_client.py BASE_URL PDF OUTPUT [requests|urllib]
"""

import json
import sys
import urllib.request


def with_requests(base, pdf, output):
    import requests

    api = base + "/api/v1"
    token = list(requests.get(api + "/tokens").json()["details"])[0]
    signer = {
        "token": token,
        "profile": "PFnubeNC",
        "given_name": "Name",
        "surname_1": "Surname",
        "email": "mail@example.com",
        "mobile_phone_number": "+34622000001",
        "id_document_type": "IDC",
        "id_document_country": "ES",
        "serial_number": "12345678A",
        "env": "test",
    }
    response = requests.post(api + "/request", json=signer)
    assert response.status_code == 201, response.text
    pk = response.json()["details"]
    # A bare stream: no name, no type.
    with open(pdf, "rb") as stream:
        uid = requests.post("%s/document/%s" % (api, pk), files={"file": stream.read()}).json()["details"]
    assert requests.get("%s/document/%s/contract" % (api, pk)).content.startswith(b"%PDF")
    sent = requests.post("%s/otp/%s" % (api, pk), headers={"Content-Type": "application/json"})
    assert sent.json() == {"status": "200 OK", "details": "OTP generated"}, sent.text
    options = {uid: {"position": "300, 100, 500, 150", "page": 0}}
    signed = requests.post("%s/sign/%s" % (api, pk), json={"secret": "000000", "options": options})
    assert signed.status_code == 200, signed.text
    document = requests.get("%s/document/%s/signed/%s" % (api, pk, uid))
    with open(output, "wb") as file:
        file.write(document.content)
    # The sample of the maker sets the type itself, and so loses the boundary.
    lost = {"Content-Type": "multipart/form-data"}
    other = requests.post(api + "/request", json=dict(signer, mobile_phone_number="+34622000002")).json()
    with open(pdf, "rb") as stream:
        answer = requests.post("%s/document/%s" % (api, other["details"]), files={"file": stream}, headers=lost)
    assert answer.status_code == 200, answer.text


def with_urllib(base, pdf, output):
    api = base + "/api/v1"

    def call(method, path, body=None, content_type=None):
        headers = {"Content-Type": content_type} if content_type else {}
        request = urllib.request.Request(api + path, data=body, method=method, headers=headers)
        with urllib.request.urlopen(request) as response:
            return response.read()

    def details(answer):
        return json.loads(answer)["details"]

    token = list(details(call("GET", "/tokens")))[0]
    signer = {
        "token": token,
        "given_name": "Name",
        "surname_1": "Surname",
        "email": "mail@example.com",
        "mobile_phone_number": "+34622000003",
    }
    pk = details(call("POST", "/request", json.dumps(signer).encode(), "application/json"))
    with open(pdf, "rb") as stream:
        content = stream.read()
    boundary = "----one-shot"
    part = 'Content-Disposition: form-data; name="file"; filename="file"'
    body = ("--%s\r\n%s\r\n\r\n" % (boundary, part)).encode() + content + ("\r\n--%s--\r\n" % boundary).encode()
    uid = details(call("POST", "/document/%s" % pk, body, "multipart/form-data; boundary=" + boundary))
    assert call("GET", "/document/%s/contract" % pk).startswith(b"%PDF")
    assert details(call("POST", "/otp/%s" % pk, b"", "application/json")) == "OTP generated"
    signed = call("POST", "/sign/%s" % pk, json.dumps({"secret": "000000"}).encode(), "application/json")
    assert details(signed) == "Documents correctly signed"
    with open(output, "wb") as file:
        file.write(call("GET", "/document/%s/signed/%s" % (pk, uid)))


if __name__ == "__main__":
    base_url, pdf_path, output_path, library = sys.argv[1:5]
    {"requests": with_requests, "urllib": with_urllib}[library](base_url, pdf_path, output_path)
