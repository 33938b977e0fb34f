"""The only package that speaks SMTP."""

from adapters.mail.deliver import MailCourier
from adapters.mail.settings import MailSettings

__all__ = ["MailCourier", "MailSettings"]
