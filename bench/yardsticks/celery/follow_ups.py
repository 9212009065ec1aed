"""Due follow-ups as one would write them with Celery and SQLAlchemy: claim, gate, render, hand over, record.

The yardstick of bench/rows/follow_ups.mjs. $STORE is a database of its own, $BROKER a Redis, $PROVIDER takes e-mails.
`python3 follow_ups.py COUNT` makes the tables with so many due tasks and puts them into the queue.
"""

import datetime
import json
import os
import string
import sys

import celery
import sqlalchemy as sa
import urllib3
from sqlalchemy.orm import Session, declarative_base, relationship

Base = declarative_base()


class Contact(Base):
    __tablename__ = "contacts"
    id = sa.Column(sa.BigInteger, primary_key=True)
    name = sa.Column(sa.Text, nullable=False)
    email = sa.Column(sa.Text, nullable=False, unique=True)
    address = sa.Column(sa.Text, nullable=False)
    stage = sa.Column(sa.Text, nullable=False)
    last_contacted = sa.Column(sa.DateTime(timezone=True))


class Task(Base):
    __tablename__ = "tasks"
    id = sa.Column(sa.BigInteger, primary_key=True)
    contact_id = sa.Column(sa.ForeignKey("contacts.id"), nullable=False, index=True)
    due = sa.Column(sa.DateTime(timezone=True), nullable=False)
    status = sa.Column(sa.Text, nullable=False, index=True)
    contact = relationship(Contact)


class Message(Base):
    __tablename__ = "messages"
    id = sa.Column(sa.BigInteger, primary_key=True)
    contact_id = sa.Column(sa.ForeignKey("contacts.id"), nullable=False, index=True)
    task_id = sa.Column(sa.ForeignKey("tasks.id"), nullable=False, unique=True)
    subject = sa.Column(sa.Text, nullable=False)
    body = sa.Column(sa.Text, nullable=False)
    status = sa.Column(sa.Text, nullable=False)
    provider_id = sa.Column(sa.Text)
    sent_at = sa.Column(sa.DateTime(timezone=True))


class Event(Base):
    __tablename__ = "events"
    id = sa.Column(sa.BigInteger, primary_key=True)
    contact_id = sa.Column(sa.BigInteger, nullable=False, index=True)
    kind = sa.Column(sa.Text, nullable=False)
    at = sa.Column(sa.DateTime(timezone=True), nullable=False)


class Suppression(Base):
    __tablename__ = "suppressions"
    email = sa.Column(sa.Text, primary_key=True)


app = celery.Celery("follow_ups", broker=os.environ["BROKER"])
app.conf.task_ignore_result = True
app.conf.worker_prefetch_multiplier = 100
engine = sa.create_engine(os.environ["STORE"], pool_size=1)
provider = urllib3.PoolManager()
letter = string.Template("Hello $name,\n\nI wanted to check in about $address. Ask me anything.\n\nBest regards")


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def may_go(session, contact):
    if contact.stage in ("closed", "lost") or session.get(Suppression, contact.email):
        return False
    since = now() - datetime.timedelta(days=1)
    recent = sa.select(sa.func.count()).select_from(Message).where(Message.contact_id == contact.id, Message.sent_at > since)
    return session.scalar(recent) < 3


@app.task
def follow_up(task_id):
    with Session(engine) as session:
        task = session.get(Task, task_id, with_for_update=True)
        if task.status != "pending" or not may_go(session, task.contact):
            return
        body = letter.substitute(name=task.contact.name, address=task.contact.address)
        message = Message(contact_id=task.contact_id, task_id=task_id, subject="Your home", body=body, status="sending")
        session.add(message)
        session.commit()
        answer = provider.request("POST", os.environ["PROVIDER"], body=json.dumps({"to": task.contact.email, "subject": message.subject, "text": body}), headers={"Content-Type": "application/json"})
        message.status, message.sent_at, message.provider_id = "sent", now(), answer.headers.get("X-Message-Id")
        task.status = "completed"
        task.contact.last_contacted = message.sent_at
        session.add(Event(contact_id=task.contact_id, kind="email_sent", at=message.sent_at))
        session.commit()


def make(count):
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        numbers = f"from generate_series(1, {count}) n"
        connection.execute(sa.text(f"insert into contacts select n, 'Kim', 'kim' || n || '@example.com', n || ' Main St', 'lead' {numbers}"))
        connection.execute(sa.text(f"insert into tasks select n, n, now(), 'pending' {numbers}"))
    with app.producer_pool.acquire(block=True) as producer:
        for number in range(1, count + 1):
            follow_up.apply_async((number,), producer=producer)


if __name__ == "__main__":
    make(int(sys.argv[1]))
