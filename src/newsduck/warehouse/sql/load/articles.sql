-- What is known of the staged articles, read once.
create or replace temp table known_articles as
select article_id, content_hash, record_hash, version, first_seen_at, last_seen_at, changed_at, read_at, gone_at
from articles semi join staged_articles using (article_id);

create or replace temp table known_versions as
select article_id, version, content_hash, seen_at
from article_versions semi join staged_articles using (article_id);

-- The same bytes read by a better parser: its wording takes the place of the one read from them before.
create or replace temp table reread_versions as
select s.article_id, k.version, s.title, s.body, s.content_hash
from staged_wordings s
join known_versions k on k.article_id = s.article_id and k.seen_at = s.seen_at
anti join known_versions o on o.article_id = s.article_id and o.content_hash = s.content_hash;

merge into article_versions t using reread_versions s on t.article_id = s.article_id and t.version = s.version
when matched then update set title = s.title, body = s.body, content_hash = s.content_hash;

create or replace temp table new_versions as
select
    s.article_id,
    coalesce((select max(k.version) from known_versions k where k.article_id = s.article_id), 0)
    + row_number() over (partition by s.article_id order by s.seen_at) as version,
    s.title, s.body, s.content_hash, s.seen_at, s.run_id
from staged_wordings s
anti join known_versions k on k.article_id = s.article_id and k.content_hash = s.content_hash
anti join reread_versions r on r.article_id = s.article_id and r.content_hash = s.content_hash;

insert into article_versions by name select * from new_versions;

-- A wording that we knew from a later reading was there earlier.
merge into article_versions t using (
    select s.article_id, k.version, s.seen_at
    from staged_wordings s
    join known_versions k on k.article_id = s.article_id and k.content_hash = s.content_hash
    where s.seen_at < k.seen_at
) s on t.article_id = s.article_id and t.version = s.version
when matched then update set seen_at = s.seen_at;

create or replace temp table all_versions as
select article_id, version, content_hash from known_versions
anti join reread_versions using (article_id, version)
union all select article_id, version, content_hash from reread_versions
union all select article_id, version, content_hash from new_versions;

-- New articles, and those of which a page as young as the last one read tells something else.
create or replace temp table changed_articles as
select
    s.* exclude (seen_at, first_seen_at), v.version,
    least(s.first_seen_at, k.first_seen_at) as first_seen_at,
    greatest(s.seen_at, k.last_seen_at) as last_seen_at,
    s.seen_at as read_at,
    case when k.content_hash = s.content_hash then k.changed_at else s.seen_at end as changed_at,
    k.article_id is null as is_new,
    k.content_hash is distinct from s.content_hash as is_reworded,
    case when s.seen_at < k.last_seen_at then k.gone_at end as gone_at
from staged_articles s
join all_versions v on v.article_id = s.article_id and v.content_hash = s.content_hash
left join known_articles k on k.article_id = s.article_id
where k.article_id is null or (s.seen_at >= k.read_at and s.record_hash <> k.record_hash);

merge into articles t using (from changed_articles select * exclude (is_new, is_reworded)) s
on t.article_id = s.article_id
when matched then update by name
when not matched then insert by name;

-- All others were seen again, or earlier than we knew.
merge into articles t using (
    select s.article_id, s.first_seen_at, s.seen_at from staged_articles s anti join changed_articles c
    using (article_id)
) s on t.article_id = s.article_id
when matched then update set
    first_seen_at = least(t.first_seen_at, s.first_seen_at),
    last_seen_at = greatest(t.last_seen_at, s.seen_at),
    read_at = greatest(t.read_at, s.seen_at),
    gone_at = case when s.seen_at >= t.last_seen_at then null else t.gone_at end;

-- Not served again because nothing changed, or gone.
merge into articles t using (
    select address_id, max(fetched_at) as seen_at from staged_outcomes
    where disposition in ('unchanged', 'not-modified') group by address_id
) s on t.article_id = s.address_id
when matched and s.seen_at >= t.last_seen_at then update set last_seen_at = s.seen_at, gone_at = null;

merge into articles t using (
    select address_id, min(fetched_at) as gone_at from staged_outcomes
    where status in (404, 410) group by address_id
) s on t.article_id = s.address_id
when matched and s.gone_at > t.last_seen_at and t.gone_at is null then update set gone_at = s.gone_at;

merge into articles t using staged_verdicts s on t.article_id = s.article_id
when matched then update set
    story_id = s.story_id, copy_of = s.copy_of, copy_rule = s.copy_rule, copy_similarity = s.copy_similarity,
    copy_nearest = s.nearest;
