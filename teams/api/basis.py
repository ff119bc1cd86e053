"""The view under every resource of an API: sign in, count, and then all of the work in one transaction."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from teams.api.aanmelden import Bearer, Toegang
from teams.api.grens import tel_verzoek
from teams.api.idempotentie import eenmalig
from teams.api.scopes import MetScope
from teams.lezen import Spoor
from teams.models import Medewerker, Scope
from teams.models.instellingen import gelezen_op


class ApiView(APIView):
    """Answers an afnemer with `scope`.

    Signing in and counting happen before the transaction begins and the answer goes out after it ended, so a count
    is never rolled back and a 201 is of something that stays. A refusal undoes everything.
    """

    scope: ClassVar[Scope]
    authentication_classes = [Bearer]
    permission_classes = [MetScope]
    metadata_class = None
    eenmalige_post: ClassVar[bool] = True
    """Whether a POST with an Idempotency-Key is done once; not where it only asks something."""

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """The transaction is begun here, not around the view (ATOMIC_REQUESTS)."""
        return transaction.non_atomic_requests(super().as_view(**initkwargs))

    @property
    def spoor(self) -> Spoor:
        """Who reads, for the log; after signing in."""
        request: Any = self.request._request
        spoor: Spoor = request.spoor
        return spoor

    @property
    def door(self) -> Medewerker:
        """The account in whose name it is done; after signing in."""
        assert isinstance(self.request.user, Medewerker)
        return self.request.user

    def check_throttles(self, request: Request) -> None:
        """Of the afnemer, by its own limits."""
        tel_verzoek(request)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As that of the framework, with the transaction around the work alone."""
        self.args, self.kwargs = args, kwargs
        verzoek = self.initialize_request(request, *args, **kwargs)
        self.request, self.headers = verzoek, self.default_response_headers
        try:
            self.initial(verzoek, *args, **kwargs)
            methode = (verzoek.method or "").lower()
            doe = getattr(self, methode, None) if methode in self.http_method_names else None
            antwoord = self._in_transactie(doe or self.http_method_not_allowed, verzoek)
        except Exception as fout:
            antwoord = self.handle_exception(fout)
        self.response = self.finalize_response(verzoek, antwoord, *args, **kwargs)
        return self.response

    def _in_transactie(self, doe: Any, request: Request) -> Response:
        with self._met_instellingen(request), transaction.atomic():
            if request.method == "POST" and self.eenmalige_post:
                return eenmalig(request, lambda: doe(request, *self.args, **self.kwargs))
            antwoord: Response = doe(request, *self.args, **self.kwargs)
            return antwoord

    def _met_instellingen(self, request: Request) -> AbstractContextManager[None]:
        """They came along with the key of the afnemer."""
        if not isinstance(request.auth, Toegang):
            return nullcontext()
        return gelezen_op(request.auth.dag, request.auth.instellingen)
