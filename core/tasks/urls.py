"""Under /regio/<korte naam>/, and the calendar outside it."""

from django.urls import path

from . import views

urlpatterns = [
    path("mijn-taken/", views.my_tasks, name="my-tasks"),
    path("mijn-taken/team/", views.team_tasks, name="team-tasks"),
    path("mijn-taken/toevoegen/", views.AddTask.as_view(), name="task-add"),
    path("mijn-taken/herinneringen/", views.Reminders.as_view(), name="task-reminders"),
    path("mijn-taken/agenda/vernieuwen/", views.renew_calendar, name="calendar-renew"),
    path("mijn-taken/agenda/stoppen/", views.stop_calendar, name="calendar-stop"),
    path("mijn-taken/alles-overdragen/", views.HandOverAll.as_view(), name="tasks-hand-over"),
    path("mijn-taken/<int:pk>/", views.task_page, name="task"),
    path("mijn-taken/<int:pk>/stap/<slug:move>/", views.MoveTask.as_view(), name="task-move"),
    path("mijn-taken/<int:pk>/overdragen/", views.HandOverTask.as_view(), name="task-hand-over"),
    path("mijn-taken/<int:pk>/uitstellen/", views.PostponeTask.as_view(), name="task-postpone"),
]
site_urlpatterns = [path("agenda/<str:secret>.ics", views.calendar_feed, name="calendar-feed")]
