/* SPDX-License-Identifier: BSD-2-Clause */
/* A unit of the program that cmd/bench/program makes: templates upon templates, for their debug information. */
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

namespace unit000 {

template <int N> struct Item {
	std::string name;
	std::vector<int> values;
	std::map<std::string, int> index;

	bool operator<(const Item &o) const { return name < o.name || values < o.values; }

	int sum() const
	{
		int s = N;

		for (int v : values)
			s += v;
		for (auto &p : index)
			s += p.second;
		return s;
	}

	void add(int v)
	{
		values.push_back(v);
		index[name + std::to_string(v)] += N;
	}
};

template <int N> struct Shelf {
	std::vector<Item<N>> items;
	std::set<Item<N>> sorted;
	std::unordered_map<std::string, std::shared_ptr<Item<N>>> shared;
	std::function<int(const Item<N> &)> weigh;

	void put(int i)
	{
		Item<N> item{std::to_string(i), {}, {}};

		item.add(i);
		item.add(N);
		items.push_back(item);
		sorted.insert(item);
		shared[item.name] = std::make_shared<Item<N>>(item);
	}

	int fill(int n)
	{
		int w = 0;

		for (int i = 0; i < n; i++)
			put(i);
		std::sort(items.begin(), items.end());
		std::stable_sort(items.begin(), items.end(), [](auto &a, auto &b) { return a.sum() > b.sum(); });
		weigh = [n](const Item<N> &i) { return i.sum() * n; };
		for (auto &i : items)
			w += weigh(i);
		return w + (int)std::count_if(items.begin(), items.end(), [](auto &i) { return i.sum() % 3 == 0; });
	}

	std::string text() const
	{
		std::ostringstream out;

		for (auto &i : sorted)
			out << i.name << ' ' << i.sum();
		return out.str();
	}

	bool match(const std::string &p) const { return std::regex_search(text(), std::regex(p)); }
};

template <int N> int stock(int n)
{
	Shelf<N> s;

	return s.fill(n) + s.match("a+b");
}

int run(int n)
{
	return stock<1>(n) + stock<2>(n) + stock<3>(n) + stock<4>(n) + stock<5>(n) + stock<6>(n);
}

}
