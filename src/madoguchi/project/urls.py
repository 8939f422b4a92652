"""Routes: every service under its slug, the kernel's doors, then the portal."""

from django.urls import include, path

from madoguchi.kernel.registry.public import services
from madoguchi.portal import api

urlpatterns = [
    path("accounts/", include("madoguchi.kernel.accounts.urls")),
    path("audit/", include("madoguchi.kernel.audit.urls")),
    path("desk/", include("madoguchi.kernel.desk.urls")),
    path("jobs/", include("madoguchi.kernel.jobs.urls")),
    path("notices/", include("madoguchi.kernel.notify.urls")),
    path("retention/", include("madoguchi.kernel.retention.urls")),
    path("backup/", include("madoguchi.kernel.backup.urls")),
    path("emergencies/", include("madoguchi.kernel.emergencies.urls")),
    path("speech/", include("madoguchi.kernel.speech.urls")),
    path("mandates/", include("madoguchi.kernel.mandates.urls")),
    *(path(f"{service.slug}/", include(f"madoguchi.services.{service.slug}.urls")) for service in services()),
    path("staff/parameters/", include("madoguchi.kernel.citydata.urls")),
    path("api/", api.urls),  # not below the portal: its own pages look themselves up by the name `api`
    path("", include("madoguchi.portal.urls")),
]

handler400 = "madoguchi.portal.errors.bad_request"
handler403 = "madoguchi.portal.errors.forbidden"
handler404 = "madoguchi.portal.errors.not_found"
handler500 = "madoguchi.portal.errors.server_error"
