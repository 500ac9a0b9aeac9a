#!/usr/bin/env python3
"""How long `tupu serve` takes to suggest entities as one types, among 100,000.

    python3 benches/suggestions.py TUPU

Documents with 100,000 entities of different names are made up, loaded and served; then names, parts of names, pinyin and
initials are asked for, one after the other over one connection. What is told is the time of the whole request.
"""

import http.client
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

PLACES = "上海 北京 武汉 重庆 长沙 西安 成都 杭州 南京 广州 深圳 天津 沈阳 大连 青岛 济南 郑州 合肥 南昌 福州 厦门 昆明 贵阳 南宁 海口".split()
WORDS = [a + b for a, b in itertools.product("华东泰新长瑞明康宏远天海金安恒博启正和信", "江坦湖源达通盛宁光成")]
ENDS = "科技有限公司 大学 第一医院 研究所 慈善基金会 电子厂 贸易公司 新闻社 红十字会 商会".split() + [
    f"第{n}中学" for n in "一二三四五六七八九十"
]
ASKED = "上海 武汉大学 泰江 第三 红十字 重庆华源 whd wuhan cq chongqinghua hzh sh shhjk 武学 北大 tt zzz 没有这样的名称 有限公司 a".split()
ENTITIES = 100_000


def documents(path):
    names = ["".join(parts) for parts in itertools.islice(itertools.product(PLACES, WORDS, ENDS), ENTITIES)]
    with open(path, "w", encoding="utf-8") as out:
        for number, at in enumerate(range(0, len(names), 20)):
            part = names[at : at + 20]
            start, entities = 0, []
            for name in part:
                mention = {"start": start, "end": start + len(name)}
                entities.append({"id": f"e{start}", "type": "Organization", "name": name, "mentions": [mention]})
                start += len(name) + 1
            out.write(json.dumps({"id": f"d{number}", "text": "、".join(part), "entities": entities}) + "\n")


def main():
    (tupu,) = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        documents(f"{folder}/names.jsonl")
        subprocess.run([tupu, "load", f"{folder}/names.jsonl", "--kg", f"{folder}/kg"], check=True, capture_output=True)
        started = time.perf_counter()
        server = subprocess.Popen(
            [tupu, "serve", "--kg", f"{folder}/kg", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            address = server.stdout.readline().strip().rstrip("/").removeprefix("http://")
            print(f"it listens after {time.perf_counter() - started:.3f} s")
            ask = http.client.HTTPConnection(address)

            def answer(path):
                ask.request("GET", path)
                return json.loads(ask.getresponse().read())

            while (status := answer("/api/status"))["state"] == "loading":
                time.sleep(0.1)
            print(f"{status['entities']} entities are ready after {time.perf_counter() - started:.1f} s")
            times = []
            for words in ASKED * 5:
                path = f"/api/suggest?q={urllib.parse.quote(words)}"
                began = time.perf_counter()
                found = answer(path)
                times.append((time.perf_counter() - began, words, len(found)))
            spent = [one for one, *_ in times]
            slowest = max(times)
            print(f"suggestions: median {statistics.median(spent) * 1000:.1f} ms, slowest {slowest[0] * 1000:.1f} ms ({slowest[1]})")
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
