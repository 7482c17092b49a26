from django import forms

from .enums import JobState


class JobFilter(forms.Form):
    stand = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "alle"), *JobState.choices]
    )
