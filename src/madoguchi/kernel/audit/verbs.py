"""Names of the verbs in the trail and of purposes of a look: the kernel's here, a service's in its manifest."""

from functools import cache

from madoguchi.kernel.audit.models import Line
from madoguchi.kernel.registry.public import services

KERNEL_VERBS = {
    "accounts.person.email_set": "お知らせの送り先を変えた",
    "accounts.factor.added": "認証手段を登録した",
    "accounts.factor.recovery_made": "回復コードを作った",
    "accounts.factor.recovery_used": "回復コードでサインインした",
    "accounts.factor.removed": "認証手段を外した",
    "accounts.person.password_changed": "パスワードを変えた",
    "accounts.person.signed_in": "サインインした",
    "accounts.post.ended": "職の終わりを決めた",
    "accounts.post.granted": "職を付けた",
    "accounts.reorganisation.applied": "組織改正を施行した",
    "accounts.reorganisation.planned": "組織改正を予定した",
    "accounts.reorganisation.withdrawn": "組織改正の予定を取り消した",
    "accounts.session.ended": "端末のサインインを終わらせた",
    "accounts.staff.accepted": "招待コードでパスワードを決めた",
    "accounts.staff.created": "職員を登録した",
    "accounts.staff.invited": "職員を招待した",
    "accounts.staff.locked": "続けて合わなかったため、サインインを止めた",
    "accounts.staff.reset": "サインインをやり直しにした",
    "accounts.staff.signed_in": "職員がサインインした",
    "accounts.staff.unlocked": "止まったサインインを開けた",
    "audit.head.taken": "監査記録の要約値をとった",
    "audit.trail.viewed": "監査記録を調べた",
    "backup.backup.done": "バックアップをとった",
    "backup.drill.done": "復元の訓練をした",
    "backup.installation.restored": "バックアップから復元した",
    "citydata.pack.applied": "市のデータを適用した",
    "citydata.record.revised": "市のデータを改めた",
    "emergencies.access.ended": "緊急閲覧を終えた",
    "emergencies.access.opened": "緊急閲覧を始めた",
    "emergencies.access.reviewed": "緊急閲覧を確かめた",
    "evidence.figure.frozen": "指標の値を確定した",
    "files.contents.swept": "持ち主のないファイルの中身を片づけた",
    "files.file.discarded": "ファイルを取り消した",
    "files.file.scanned": "ファイルのウイルス検査をした",
    "files.file.swept": "どこにも付いていないファイルを片づけた",
    "files.file.stored": "ファイルを受け取った",
    "jobs.dead_letter.discarded": "止まった処理を取りやめた",
    "jobs.dead_letter.retried": "止まった処理をもう一度動かした",
    "mandates.mandate.accepted": "代理を引き受けた",
    "mandates.mandate.claimed": "代理権を届け出た",
    "mandates.mandate.ended": "代理を終わらせた",
    "mandates.mandate.granted": "代理権を認めた",
    "mandates.mandate.offered": "代理を頼むコードを作った",
    "mandates.mandate.refused": "代理権を認めなかった",
    "mandates.mandate.revoked": "認めた代理を終わらせた",
    "mandates.mandate.viewed": "代理の届出を見た",
    "numbers.number.erased": "個人番号を消した",
    "numbers.number.kept": "個人番号を受け取った",
    "numbers.number.replaced": "個人番号を受け取り直した",
    "numbers.number.viewed": "個人番号を見た",
    "accounts.person.language_set": "ことばを選んだ",
    "notify.notice.returned": "メールが届かずにもどった",
    "notify.reach.chosen": "お知らせの受け取り方を選んだ",
    "notify.reach.unsubscribed": "お知らせメールを止めた",
    "retention.disposal.confirmed": "廃棄を決めた",
    "retention.disposal.done": "決めた廃棄を終えた",
    "retention.hold.lifted": "廃棄の停止を解いた",
    "retention.hold.set": "廃棄を止めた",
    "retention.record.erased": "保存期間を過ぎた記録を消した",
    "search.word.handled": "見つからなかったことばに対応した",
    "search.word.reopened": "見つからなかったことばの対応を取り消した",
    "vault.keys.turned": "鍵を新しくした",
    "vault.values.resealed": "前の鍵の項目を新しい鍵で閉じ直した",
}

KERNEL_PURPOSES = {
    "audit.inspection": "監査のため",
    "emergencies.access": "緊急のため",
    "mandates.review": "代理権の確認のため",
    "retention.end": "保存期間が過ぎたため",
}


LOOKS = ".viewed"  # how the verb of a look ends


@cache
def verb_names() -> dict[str, str]:
    return {
        **KERNEL_VERBS,
        **{verb: name for service in services() for verb, name in service.audit_verbs.items()},
    }


@cache
def purpose_names() -> dict[str, str]:
    """Why somebody may look at personal data (利用目的), in words a resident reads."""
    return {
        **KERNEL_PURPOSES,
        **{purpose: name for service in services() for purpose, name in service.purposes.items()},
    }


def is_look(verb: str) -> bool:
    """Whether the verb tells of somebody who read personal data."""
    return verb.endswith(LOOKS)


def verb_name(verb: str) -> str:
    """The verb in words a clerk reads. Raises: KeyError for a verb nobody registered."""
    return verb_names()[verb]


def act_name(line: Line) -> str:
    """What a line tells of, in words; of a look also why (looks of before purposes were kept have none)."""
    purpose = line.detail.get("purpose", "")
    return verb_name(line.verb) + (f"（{purpose_names().get(purpose, purpose)}）" if purpose else "")
