"""The host that serves files serves nothing else."""

from __future__ import annotations

from django.http import HttpResponseNotFound

from .access import is_files_host

#: Where files are, on either host.
FILES = "/fil/"


class FilesHost:
    """On that host no page of ours is drawn, so whatever a file should manage to run there finds nobody logged in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if is_files_host(request) and not request.path_info.startswith(FILES):
            return HttpResponseNotFound("404", content_type="text/plain")
        return self.get_response(request)
