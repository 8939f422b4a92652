"""What of a page is read, and in which order. Expected: what a person reads out who has the page before them."""

import pytest

from madoguchi.kernel.speech.reading import script_of


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<h1>住民票</h1><p>窓口で\n 渡します。</p>", ["住民票", "窓口で 渡します。"]),
        ("<p>電話 <a href='/'>市民課</a>の<b>番号</b></p>", ["電話 市民課の番号"]),
        ("<p>一<br>二</p>", ["一", "二"]),
        ("<p><ruby>電話<rp>(</rp><rt>でんわ</rt><rp>)</rp></ruby>で</p>", ["電話(でんわ)で"]),
        ("<ul><li>本籍</li><li>続柄</li></ul>", ["本籍", "続柄"]),
        ("<dt>手数料</dt><dd>300<small>円</small><small>1通</small></dd>", ["手数料", "300円、1通"]),
        ("<li><span>健康</span><span>検診</span></li>", ["健康、検診"]),
        ("<li><a>犬の登録</a><small>30日以内。</small><small>窓口</small></li>", ["犬の登録、30日以内。窓口"]),
        ("<p>絵<img alt='市役所の正面' src='a'></p>", ["絵、画像、市役所の正面"]),
        ("<p>A &amp; B &lt;C&gt;</p>", ["A & B <C>"]),
        ("<nav>道</nav><form>名前<input></form><button>押す</button><svg><text>図</text></svg>", []),
        ("<p hidden>隠す</p><p><span aria-hidden='true'>S</span><span class='vh'>市民</span></p>", ["市民"]),
        ("<p data-unread>よみあげ</p><p lang='en'>English</p><p lang='ja'>日本</p>", ["日本"]),
        ("<script>1</script><style>p{}</style><textarea>x</textarea><template>t</template>", []),
        ("<p>・</p><p>—</p>", ["—"]),
    ],
)
def test_the_lines_of_a_page(html, lines):
    page = f"<title>x</title><header><p>見出し</p></header><main>{html}</main><footer>終わり</footer>"
    assert list(script_of(page).lines) == lines


def test_a_table_is_read_by_rows_each_cell_behind_its_head():
    html = """<main><table><caption>手数料</caption>
    <thead><tr><th>証明</th><th>窓口</th><th>郵便</th></tr></thead>
    <tbody><tr><th scope="rowgroup" colspan="3">住民</th></tr>
    <tr><th scope="row">写し</th><td>300円</td><td></td></tr>
    <tr><td colspan="3">休みます</td></tr></tbody></table><p>以上</p></main>"""
    assert list(script_of(html).lines) == ["手数料", "住民", "写し。窓口、300円", "休みます", "以上"]


def test_heads_of_two_rows_are_both_said():
    html = """<main><table><tr><th rowspan="2">工程</th><th colspan="2">令和2年度</th></tr>
    <tr><th>上期</th><th>下期</th></tr>
    <tr><th>調査</th><td>○</td><td><p>終わり</p><p>なし</p></td></tr></table></main>"""
    assert list(script_of(html).lines) == ["調査。令和2年度、上期、○。令和2年度、下期、終わり、なし"]


def test_the_first_heading_is_the_title():
    assert script_of("<main><p>前</p><h1>題</h1><h1>二</h1></main>").title == "題"
