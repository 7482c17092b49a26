"""Pages of votes, under /regio/<korte naam>/."""

from django.urls import path

from ..views import voting

HERE = "stemmingen/"

urlpatterns = [
    path(HERE, voting.ballot_list, name="ballots"),
    path(f"{HERE}toevoegen/", voting.KeepBallot.as_view(), name="ballot-add"),
    path(f"{HERE}<int:pk>/", voting.ballot_page, name="ballot"),
    path(f"{HERE}<int:pk>/wijzigen/", voting.KeepBallot.as_view(), name="ballot-change"),
    path(f"{HERE}<int:pk>/stap/<slug:move>/", voting.MoveBallot.as_view(), name="ballot-move"),
    path(f"{HERE}stemmen/<int:pk>/", voting.CastVote.as_view(), name="vote-change"),
    path(f"{HERE}regels/", voting.KeepRule.as_view(), name="voting-rule-add"),
    path(f"{HERE}regels/<int:pk>/", voting.KeepRule.as_view(), name="voting-rule-change"),
    path(
        f"{HERE}regels/<int:pk>/verwijderen/",
        voting.RemoveRule.as_view(),
        name="voting-rule-remove",
    ),
]
