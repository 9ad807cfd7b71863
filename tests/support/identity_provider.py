"""A small OpenID Connect provider for tests, run as a process of its own: `python -m tests.support.identity_provider`.

It prints its address and serves until its standard input ends. Whom it signs in is said by `as=` in the address its sign-in
page is opened with; PEOPLE tells how each of them is vouched for, and what is wrong with what it says of them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "sofra", "a secret between two"
PEOPLE: dict[str, dict[str, Any]] = {
    "ana": {"email": "ana@example.org", "email_verified": True},
    "stranger": {"email": "nobody@example.org", "email_verified": True},
    "unvouched": {"email": "ana@example.org", "email_verified": False},
    "forged": {"email": "ana@example.org", "email_verified": True},  # signed with another key
    "unsigned": {"email": "ana@example.org", "email_verified": True},  # not signed at all
    "for-another": {"email": "ana@example.org", "email_verified": True},  # made for another house
    "old": {"email": "ana@example.org", "email_verified": True},  # no longer good
    "two-faced": {"email": "ana@example.org", "email_verified": True},  # the token is of somebody else
}


class Provider(BaseHTTPRequestHandler):
    """Discovery, sign-in, token, person, keys."""

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    other_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    codes: dict[str, dict[str, str]] = {}
    tokens: dict[str, str] = {}
    issuer = ""

    def do_GET(self) -> None:
        """Everything but the token."""
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self._say({
                "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token", "userinfo_endpoint": f"{self.issuer}/person",
                "jwks_uri": f"{self.issuer}/keys", "token_endpoint_auth_methods_supported": ["client_secret_post"],
            })  # fmt: skip
        elif parts.path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            self._say({"keys": [{**public, "kid": "first", "alg": "RS256", "use": "sig"}]})
        elif parts.path == "/authorize":
            if (
                asked["client_id"] != CLIENT
                or asked["response_type"] != "code"
                or asked["code_challenge_method"] != "S256"
            ):
                self._say({"error": "invalid_request"}, 400)
                return
            code = secrets.token_urlsafe()
            self.codes[code] = asked
            self.send_response(302)
            self.send_header(
                "Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            )
            self.end_headers()
        elif parts.path == "/person":
            who = self.tokens.get(self.headers["Authorization"].removeprefix("Bearer "), "")
            self._say({"sub": who, **PEOPLE[who]} if who else {"error": "invalid_token"}, 200 if who else 401)
        else:
            self._say({"error": "not found"}, 404)

    def do_POST(self) -> None:
        """A token for a code, once, with the secret and the proof that whoever began ends it."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self.codes.pop(given.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(given.get("code_verifier", "").encode()).digest()).rstrip(b"=")
        if (
            asked is None
            or (given["client_id"], given["client_secret"]) != (CLIENT, SECRET)
            or given["redirect_uri"] != asked["redirect_uri"]
            or proof.decode() != asked["code_challenge"]
        ):
            self._say({"error": "invalid_grant"}, 400)
            return
        who, access = asked["as"], secrets.token_urlsafe()
        self.tokens[access] = who
        self._say({"access_token": access, "token_type": "Bearer", "expires_in": 60, "id_token": self._token(who)})

    def _token(self, who: str) -> str:
        now = int(time.time())
        says = {
            "iss": self.issuer, "aud": "another house" if who == "for-another" else CLIENT, "iat": now - 600,
            "exp": now - 300 if who == "old" else now + 60, "sub": "somebody" if who == "two-faced" else who, **PEOPLE[who],
        }  # fmt: skip
        if who == "unsigned":
            return jwt.encode(says, "", algorithm="none", headers={"kid": "first"})
        key = self.other_key if who == "forged" else self.key
        return jwt.encode(says, key, algorithm="RS256", headers={"kid": "first"})

    def _say(self, what: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def main() -> None:
    """Serve until whoever started us closes our standard input."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    Provider.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"{Provider.issuer}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
