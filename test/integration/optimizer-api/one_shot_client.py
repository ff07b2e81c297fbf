"""A client of a One-Shot Optimizer, written from the public documents of its maker alone.

Usage: one_shot_client.py BASE_URL PDF OUTPUT PICTURE (requests|urllib|newer)
"""

import json
import sys
import urllib.request


def with_requests(base, pdf, output, picture):
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


def with_the_newer_dialect(base, pdf, output, picture):
    import requests

    api = base + "/oneshot/api/v1"

    def answered(response, status=200):
        assert response.status_code == status, response.text
        body = response.json()
        assert body["status"] == "success", body
        return body

    token = list(answered(requests.get(api + "/tokens"))["details"])[0]
    signer = {
        "token": token,
        "profile": "PFnubeQAFCiudadano",
        "registration_authority": "9999",
        "given_name": "Name",
        "surname_1": "Surname",
        "surname_2": "Second",
        "email": "mail@example.com",
        "mobile_phone_number": "+34622000004",
        "id_document_type": "IDC",
        "id_document_country": "ES",
        "serial_number": "12345678A",
    }
    with open(picture, "rb") as front, open(picture, "rb") as rear:
        pictures = {"document_front": front, "document_rear": rear}
        created = answered(requests.post(api + "/create", data=signer, files=pictures), 201)
    pk = created["details"]["pk"]
    assert str(pk) in created["message"] and created["details"]["asyncmode"] is False, created
    with open(pdf, "rb") as stream:
        uploaded = answered(requests.post("%s/document/%s" % (api, pk), files={"file": stream}))["detail"]
    assert uploaded["name"] == "file", uploaded
    with open(picture, "rb") as stream:
        image = answered(requests.post(api + "/image", files={"image": stream}))["details"]["image_uid"]
    assert requests.get("%s/contract/%s" % (api, pk)).content.startswith(b"%PDF")
    answered(requests.post("%s/otp/%s" % (api, pk)))
    appearance = {
        "text": ["Signed by: %(CN)s", "Date: %(DATE)s"],
        "date": "%d/%m/%Y %H:%M:%S",
        "timezone": "UTC",
        "position": "300,100,500,150",
        "page": 0,
        "image": image,
    }
    order = {"secret": "111111", "signature": {"appearance": appearance}}
    refused = requests.post("%s/sign/%s" % (api, pk), json=order)
    assert (refused.status_code, refused.json()["status"]) == (403, "error"), refused.text
    answered(requests.post("%s/sign/%s" % (api, pk), json=dict(order, secret="000000")))
    document = "%s/document/%s/%s" % (api, pk, uploaded["uid"])
    signed = requests.get(document, params={"document_type": "signed"})
    assert signed.headers["content-type"] == "application/pdf", signed.headers
    with open(output, "wb") as file:
        file.write(signed.content)
    removed = answered(requests.delete("%s/document/%s" % (api, pk)))
    assert removed["message"] == "Documents deleted for Request %s" % pk, removed
    assert requests.get(document).status_code == 404


def with_urllib(base, pdf, output, picture):
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


STYLES = {"requests": with_requests, "urllib": with_urllib, "newer": with_the_newer_dialect}

if __name__ == "__main__":
    base_url, pdf_path, output_path, picture_path, style = sys.argv[1:6]
    STYLES[style](base_url, pdf_path, output_path, picture_path)
