"""A body's member list as a file; contact data only for those who may see it."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from bot.reply import File
from bot.rules.roles import Role
from dialogs.meetings.pick import which_bodies
from storage import member_file

TALKS = """
# Asta Fiktberg · teams
> vilka är med i språkstöd
< Arbetsgrupp Språkstöd … [Som Excelfil]
> [Som Excelfil]
< Här är medlemslistan för Arbetsgrupp Språkstöd. … Medlemslista Arbetsgrupp Språkstöd.xlsx
"""
TEXTS = {
    "sv": """
        member-file-text = Här är medlemslistan för { $body }.
        member-file-name = Medlemslista { $body }.xlsx
        member-file-head-name = Namn
        member-file-head-town = Kommun
        member-file-head-title = Titel
        member-file-head-role = Roll
        member-file-head-email = E-post
        member-file-role-member = Medlem
        member-file-role-secretary = Sekreterare
        member-file-role-chair = Ordförande
        member-file-role-presidium = Presidium
    """,
    "en": """
        member-file-text = Here is the member list of { $body }.
        member-file-name = Member list { $body }.xlsx
        member-file-head-name = Name
        member-file-head-town = Municipality
        member-file-head-title = Title
        member-file-head-role = Role
        member-file-head-email = E-mail
        member-file-role-member = Member
        member-file-role-secretary = Secretary
        member-file-role-chair = Chair
        member-file-role-presidium = Presidium
    """,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEADS = ("name", "town", "title", "role", "email")
_SEATS = (Role.MEMBER, Role.SECRETARY, Role.CHAIR, Role.PRESIDIUM)


@dialog("member-file", talks=TALKS, personal=True)
async def member_file_(talk: Talk) -> None:
    heads = [talk.text(f"member-file-head-{each}") for each in _HEADS]
    roles = {each.value: talk.text(f"member-file-role-{each.value}") for each in _SEATS}
    for body in await which_bodies(talk):
        content = await talk.look(
            member_file.workbook, talk.person, body.id, talk.today, heads, roles
        )
        name = talk.text("member-file-name", body=body.name)
        await talk.say(File(name, content, XLSX, talk.text("member-file-text", body=body.name)))
