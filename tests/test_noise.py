"""Lines that stand beside a text, word by word."""

import pytest

from newsduck.parse.noise import is_beside_text


@pytest.mark.parametrize(
    "line",
    [
        "[声明]：本文由读者提供，不代表本网立场。",
        "【免责声明】：文中观点仅供参考。",
        "本内容来源于青石号，文章内容仅供参考、交流，不构成投资建议。",
        "青石经济报道记者李小满 实习生王大海 渡口、新区报道",
        "视频简介",
        "青石网版权与免责声明： ① 青石网的作品均由作者供稿。",
        "凡标注来源为青石日报的文字、图片，及电子刊物，版权均属青石日报社",
        "李小滿 王大海／青石報導",
        "post@pond.example",
        "文中配图部分来源于网络",
        "（图片由受访者提供）",
        "发于2021.3.29总第989期《青石周刊》",
        "《青石周刊》2021年第11期",
        "本文原刊于《青石周刊》2021年第11期",
    ],
)
def test_declarations_bylines_and_labels_are_no_text(line):
    assert is_beside_text(line)


@pytest.mark.parametrize(
    "line",
    [
        "声明一出，船票当天就卖光了。",
        "《青石渡》这部片子拍了三年。",
        "本内容丰富的展览开到月底。",
        "这些报道让记者们想起了老渡口。",
    ],
)
def test_sentences_with_their_words_are_text(line):
    assert not is_beside_text(line)
