"""What the record around a page states, under the names that data sets and tables give it."""

from typing import Any

import pytest

from tui.text.markup.head import from_record
from tui.text.markup.statements import Statements


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        ({"language": "zh", "language_score": 0.9}, {"language": "zh"}),
        ({"lang": ["zho_Hans", "eng_Latn"]}, {"language": "zho_Hans"}),
        ({"metadata": {"identification": {"label": "zh", "prob": 0.9}}}, {"language": "zh"}),
        ({"meta": '{"language": "de", "author": "Ann Lee"}'}, {"language": "de", "author": ["Ann Lee"]}),
        ({"metadata": {"publishedTime": "2021-03-05T06:07:08Z"}}, {"date": "2021-03-05"}),
        ({"created_utc": 1614924428}, {"date": "2021-03-05"}),
        ({"created_utc": True, "lang": 7}, {}),
        (
            {"日期": "2021年3月5日", "作者": "王小明", "来源": "新华社", "标签": "雨,河", "语言": "zh"},
            {
                "date": "2021-03-05",
                "author": ["王小明"],
                "source": "新华社",
                "keywords": ["雨", "河"],
                "language": "zh",
            },
        ),
        ({"date": "2021-03-05", "metadata": {"date": "2020-01-01"}}, {"date": "2021-03-05"}),
    ],
)
def test_names_of_data_sets_and_tables_are_known(record: dict[str, Any], fields: dict[str, Any]) -> None:
    statements = Statements()
    from_record(statements, record, None)
    found = {key: field.value for key, field in statements.fields().items()}
    assert {key: value[:10] if key == "date" else value for key, value in found.items()} == fields
