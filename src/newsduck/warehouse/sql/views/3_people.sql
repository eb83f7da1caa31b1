create or replace view stories as
select
    story_id, o.title, o.portal, o.url, o.published_at, o.source,
    count(*) as articles, count(*) - 1 as copies, count(distinct a.portal) as portal_count,
    list(distinct a.portal order by a.portal) as portals, list(distinct a.title order by a.title) as titles,
    min(a.first_seen_at) as first_seen_at, max(a.last_seen_at) as last_seen_at
from articles a
join (select article_id, title, portal, url, published_at, source from articles) o on o.article_id = a.story_id
group by all;
comment on view stories is 'A story: all articles that tell it, under the one it began with / 同一报道及其全部转载';
comment on column stories.story_id is 'The article that it began with / 最早文章的编号';
comment on column stories.title is 'That article''s title / 标题';
comment on column stories.portal is 'That article''s portal / 门户代号';
comment on column stories.url is 'That article''s address / 地址';
comment on column stories.published_at is 'When that article was published / 发布时间';
comment on column stories.source is 'The medium it is credited to / 来源';
comment on column stories.articles is 'Articles that tell it / 文章数';
comment on column stories.copies is 'Those but the first / 转载数';
comment on column stories.portal_count is 'How many portals carry it / 刊登门户数';
comment on column stories.titles is 'The titles used / 用过的标题';
comment on column stories.portals is 'The portals that carry it / 刊登门户';
comment on column stories.first_seen_at is 'When any of them was first read / 首次读到时间';
comment on column stories.last_seen_at is 'When any of them was last read / 最近读到时间';

-- Who says it is whose (source, original_source), beside who had it first.
create or replace view copies as
select
    c.article_id, c.portal, c.title, c.url, c.published_at, c.source, c.copy_rule, c.copy_similarity,
    fold_letters(c.title) <> fold_letters(o.title) as is_retitled,
    coalesce(c.published_at, c.first_seen_at) - coalesce(o.published_at, o.first_seen_at) as lag,
    o.article_id as original_id, o.portal as original_portal, o.title as original_title, o.url as original_url,
    o.published_at as original_published_at, o.source as original_source,
    o.first_seen_at as original_first_seen_at, c.story_id, c.first_seen_at
from articles c join articles o on o.article_id = c.copy_of;
comment on view copies is 'A copy beside what it was copied from / 转载文章与其原文';
comment on column copies.article_id is 'The copy / 转载文章编号';
comment on column copies.portal is 'Its portal / 门户代号';
comment on column copies.title is 'Its title / 标题';
comment on column copies.url is 'Its address / 地址';
comment on column copies.published_at is 'When it was published / 发布时间';
comment on column copies.source is 'The medium that it says it is from / 转载文章所署来源';
comment on column copies.is_retitled is 'Whether its title is another one / 标题是否改动';
comment on column copies.lag is 'How long after the original: published, or else first read / 比原文晚多久';
comment on column copies.original_source is 'The medium that the original says it is from / 原文所署来源';
comment on column copies.original_first_seen_at is 'When the original was first read / 原文首次读到时间';
comment on column copies.copy_rule is 'Why we say that it is a copy / 判定规则';
comment on column copies.copy_similarity is 'How alike the two are, 0 to 1 / 相似度';
comment on column copies.original_id is 'What it was copied from / 原文编号';
comment on column copies.original_portal is 'The original''s portal / 原文门户';
comment on column copies.original_title is 'The original''s title / 原文标题';
comment on column copies.original_url is 'The original''s address / 原文地址';
comment on column copies.original_published_at is 'When the original was published / 原文发布时间';
comment on column copies.story_id is 'The story both tell / 报道编号';
comment on column copies.first_seen_at is 'When the copy was first read / 首次读到时间';

-- A headline was last seen no earlier than its placement: the bound lets old row groups be skipped.
create or replace view latest_headlines as
with standing as materialized (
    select p.*, r.portal from placements p
    join (select distinct list_id, portal from readings where kind = 'front') r using (list_id)
    where p.off_at is null and p.kind = 'front'
)
select
    p.portal, p.list_url, p.section, p.last_rank as rank, h.text, h.url, p.on_at, p.last_seen_at, h.article_id,
    h.headline_id, h.listed_at
from standing p
join headlines h using (headline_id)
where h.last_seen_at >= (select min(last_seen_at) from standing)
order by p.on_at desc, p.portal, p.list_url, p.section, rank;
comment on view latest_headlines is 'A headline that stands on a front page now, youngest first / 目前在首页上的标题';
comment on column latest_headlines.portal is 'The portal / 门户代号';
comment on column latest_headlines.list_url is 'The front page / 首页地址';
comment on column latest_headlines.section is 'Heading of the block, or null / 所在栏目';
comment on column latest_headlines.rank is 'Place within the section, from 1 / 名次';
comment on column latest_headlines.text is 'The text as printed / 标题文字';
comment on column latest_headlines.url is 'Where it leads / 链接地址';
comment on column latest_headlines.on_at is 'Since when it has stood there / 上榜时间';
comment on column latest_headlines.last_seen_at is 'When it was last seen there / 最近见到的时间';
comment on column latest_headlines.article_id is 'The article it points to, if known / 对应文章编号';
comment on column latest_headlines.headline_id is 'The headline / 标题编号';
comment on column latest_headlines.listed_at is 'The time printed beside it / 列表所印时间';

create or replace macro latest_headlines(n := 100) as table (from latest_headlines limit n);
comment on macro table latest_headlines is 'The n youngest headlines that stand on front pages now / 首页最新标题';

-- The last reading up to that moment which was not just "the same as before" tells who stood where.
create or replace macro front_page(list_url, "at") as table (
    with told as materialized (
        select r.list_id, max(r.read_at) as read_at
        from readings r
        where r.list_url = list_url and r.is_full and r.read_at <= cast("at" as timestamptz)
        group by r.list_id
    ), stood as materialized (
        select s.* from sightings s join told t on t.list_id = s.list_id and t.read_at = s.read_at
        where s.read_at >= (select min(read_at) from told) and s.read_at <= (select max(read_at) from told)
    )
    select s.position, s.section, s.rank, h.text, h.url, h.listed_at, h.first_seen_at, h.article_id, h.headline_id,
        s.read_at
    from stood s
    join headlines h on h.headline_id = s.headline_id
    where h.last_seen_at >= (select min(read_at) from told) and h.first_seen_at <= (select max(read_at) from told)
    order by s.position
);
comment on macro table front_page is 'What stood on a front page at that moment, in order / 某一时刻首页上的标题';

create or replace macro headline_history(text) as table (
    select h.portal, h.text, p.list_url, p.section, p.on_at, p.off_at, p.first_rank, p.best_rank, p.last_rank,
        p.sightings, h.url, h.article_id, h.headline_id
    from headlines h
    join placements p using (headline_id)
    where contains(h.folded, fold_letters(text))
    order by p.on_at, p.list_url, p.first_rank
);
comment on macro table headline_history is 'Every stay of the headlines that hold this text / 含此文字的标题的全部停留';
