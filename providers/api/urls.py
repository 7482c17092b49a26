from core.api.rest import ApiRouter

from . import views

router = ApiRouter()
router.register("aanbieders", views.ProviderView, basename="aanbieder")

urlpatterns = router.urls
