from django.http import HttpResponse

from sofra.kernel.doors import ANYONE, door


@door(GET=ANYONE)
def healthz(request):
    return HttpResponse("ok")
