create or replace view portal_health as
with booked as (
    select o.portal, o.address_id, o.fetched_at, o.disposition, o.elapsed_ms,
        coalesce(r.trigger = 'replay', false) as is_replay, r.started_at
    from outcomes o left join runs r using (run_id)
), attempts as (  -- a replay asks nobody: it tells of an attempt only where no other run does, and once
    from booked where not is_replay
    union all (
        select distinct on (b.portal, b.address_id, b.fetched_at) b.*
        from (from booked where is_replay) b
        anti join (from booked where not is_replay) using (portal, address_id, fetched_at)
        order by b.portal, b.address_id, b.fetched_at, b.started_at
    )
), tried as (
    select
        o.portal, (o.fetched_at at time zone p.timezone)::date as day,
        count(*) as addresses,
        count(*) filter (o.disposition = 'loaded') as loaded,
        count(*) filter (o.disposition = 'unchanged') as unchanged,
        count(*) filter (o.disposition = 'not-modified') as not_modified,
        count(*) filter (o.disposition = 'empty') as empty,
        count(*) filter (o.disposition in ('http-error', 'timeout')) as unreachable,
        count(*) filter (o.disposition in ('robots', 'off-scope', 'unsafe-address')) as not_allowed,
        count(*) filter (o.disposition in ('too-large', 'not-html', 'undecodable', 'quarantined')) as unreadable,
        median(o.elapsed_ms) as median_ms
    from attempts o join portals p using (portal)
    group by all
), told as (
    select
        a.portal, (a.first_seen_at at time zone p.timezone)::date as day,
        count(*) as articles,
        avg((a.published_at is not null)::integer) as with_time,
        avg((a.source is not null)::integer) as with_source,
        avg((len(a.authors) > 0)::integer) as with_authors,
        avg((len(a.editors) > 0)::integer) as with_editors,
        avg((length(a.body) > 0)::integer) as with_body,
        avg(length(a.body)) as mean_letters,
        median(epoch(a.first_seen_at) - epoch(a.published_at)) / 3600 as median_lag_hours
    from articles a join portals p using (portal)
    group by all
), listed as (
    select portal, day, avg(entries) as entries_per_front_page
    from (
        select r.portal, (r.read_at at time zone p.timezone)::date as day, s.entries
        from readings r
        join (select list_id, read_at, count(*) as entries from sightings group by all) s using (list_id, read_at)
        join portals p using (portal)
    )
    group by all
)
select
    portal, day, t.* exclude (portal, day), a.* exclude (portal, day),
    l.entries_per_front_page,
    median(l.entries_per_front_page) over (
        partition by portal order by day range between interval 14 days preceding and interval 1 day preceding
    ) as usual_entries_per_front_page
from tried t
left join told a using (portal, day)
left join listed l using (portal, day)
order by day desc, portal;
comment on view portal_health is 'How a portal fared on a day (its own calendar): a fall in any rate shows a changed layout / 门户每日健康状况';
comment on column portal_health.portal is 'The portal / 门户代号';
comment on column portal_health.day is 'The day, in the portal''s zone / 日期（门户时区）';
comment on column portal_health.addresses is 'Addresses attempted / 尝试的地址数';
comment on column portal_health.loaded is 'Of these: read, with something new / 有新内容';
comment on column portal_health.unchanged is 'Read, nothing new / 无新内容';
comment on column portal_health.not_modified is 'Answered 304 / 未修改';
comment on column portal_health.empty is 'Read, neither article nor headline / 无文章也无标题';
comment on column portal_health.unreachable is 'HTTP errors and time-outs / 无法访问';
comment on column portal_health.not_allowed is 'Forbidden by robots.txt, scope or safety / 不允许访问';
comment on column portal_health.unreadable is 'Too large, no HTML, undecodable or quarantined / 无法解读';
comment on column portal_health.median_ms is 'Median milliseconds an answer took / 应答耗时中位数';
comment on column portal_health.articles is 'Articles first seen that day / 新增文章数';
comment on column portal_health.with_time is 'Share of them with a time of publication / 有发布时间的比例';
comment on column portal_health.with_source is 'Share with a source / 有来源的比例';
comment on column portal_health.with_authors is 'Share with authors / 有作者的比例';
comment on column portal_health.with_editors is 'Share with editors / 有责编的比例';
comment on column portal_health.with_body is 'Share with a body / 有正文的比例';
comment on column portal_health.mean_letters is 'Mean length of the bodies in characters / 正文平均字数';
comment on column portal_health.median_lag_hours is 'Median hours from publication to first reading / 发布到读到的小时数中位数';
comment on column portal_health.entries_per_front_page is 'List entries a front page, mean of the day / 每个首页的标题数';
comment on column portal_health.usual_entries_per_front_page is 'Median of that over the two weeks before / 此前两周的中位数';
