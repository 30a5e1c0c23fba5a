"""What every page's frame needs."""


def page(request):
    return {"actor": getattr(request, "actor", None)}
