"""Which parameters of an address say how a reader came, and not what is read (pure).

A name stands here only if no site is known to tell stories apart by it. Names that mean one thing here and
another there are dropped with the words that trackers put into them, or at the hosts that use them so.
"""

import re


def _names(text: str) -> frozenset[str]:
    """The names in a text."""
    return frozenset(text.split())


PREFIXES = (
    "utm_",
    "spm",
    "mtm_",
    "pk_",
    "piwik_",
    "matomo_",
    "hsa_",
    "_hs",
    "mc_",
    "vero_",
    "share_",
    "sharer_",
)
NAMES = _names("""
    _ga _gl _openstat _t dclid fbclid gbraid gclid gclsrc igsh igshid li_fat_id mkt_tok msclkid ttclid twclid
    wbraid yclid cmpid ncid icid ref_src ref_url referer referrer
    scm pvid traceid trace_id hmsr hmpl hmcu hmkw hmci bd_vid wfr wkshare tt_from tt_medium tt_campaign
    share sharefrom shareto sharer sharetype shareuid shareredid is_share isshare fromshare xhsshare
    isappinstalled nsukey tdsourcetag adtag aduin adsession adpubno pgv_ref ptlang luicode lfid featurecode
    sudaref jsessionid phpsessid aspsessionid session_id sessionid weixin_share wxshare from_app fromapp
    """)
AMBIGUOUS = _names("from source src ref refer via")
"""Dropped with a word as value (`from=timeline`); a number or a date may be a part of the name."""
AT_HOSTS = {
    "mp.weixin.qq.com": _names("""
        abtest_cookie ascene chksm clicktime devicetype enterid exportkey fontgear key lang mpshare nettype
        pass_ticket poc_token scene session_us srcid subscene uin version wx_header
        """),
    "sina.com.cn": _names("cre loc mod pos rfunc tj tr vt wm"),
    "sina.cn": _names("cre loc mod pos rfunc tj tr vt wm"),
    "weibo.com": frozenset(["wm"]),
    "baijiahao.baidu.com": frozenset(["for"]),
}
"""Names that only these hosts, and those below them, use for tracking."""
WORD = re.compile(r"[a-z_.-]+", re.IGNORECASE)


def is_tracking(name: str, value: str, host: str) -> bool:
    """Whether a parameter of an address says nothing about the story."""
    name = name.lower()
    if name in NAMES or name.startswith(PREFIXES):
        return True
    if name in AMBIGUOUS and (not value or WORD.fullmatch(value)):
        return True
    return any(
        name in names and (host == site or host.endswith("." + site)) for site, names in AT_HOSTS.items()
    )
