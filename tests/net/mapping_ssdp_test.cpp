// The search for a UPnP router and the one line that is read of the answers.
#include <gtest/gtest.h>

#include "core/net/port_mapping_ssdp.h"

namespace foyer::net {
namespace {

const IpAddress kRouter = IpAddress::v4(192, 168, 1, 1);

std::optional<std::string> read(const std::string& text) {
  return ssdpLocation(viewOf(text), kRouter);
}

TEST(MappingSsdp, asksForAnInternetGateway) {
  const Bytes search = ssdpSearch(ssdpGroup());
  const std::string_view text = textOf(search);
  EXPECT_TRUE(text.starts_with("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\n"));
  EXPECT_NE(text.find("\r\nMAN: \"ssdp:discover\"\r\n"), std::string_view::npos);
  EXPECT_TRUE(text.ends_with("\r\n\r\n"));
}

// `where` without its scheme.
std::string url(const std::string& where) { return "http://" + where; }

TEST(MappingSsdp, findsWhereTheDescriptionIs) {
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: x\r\nLocation:  " +
                 url("192.168.1.1:5000/rootDesc.xml") + " \r\nEXT:\r\n\r\n"),
            url("192.168.1.1:5000/rootDesc.xml"));
  EXPECT_EQ(read("HTTP/1.1 200 OK\nLOCATION: " + url("192.168.1.1/d.xml") + "\n"),
            url("192.168.1.1/d.xml"));
}

TEST(MappingSsdp, nothingElseIsTaken) {
  const auto with = [](const std::string& location) {
    return read("HTTP/1.1 200 OK\r\nLOCATION: " + location + "\r\n\r\n");
  };
  EXPECT_TRUE(with(url("192.168.1.1:80/d")));
  for (const char* where :
       {"192.168.1.66:80/d", "router/d", "192.168.1.1@203.0.113.1/d", "192.168.1.1:0/d",
        "192.168.1.1:99999/d", "192.168.1.1:80", "192.168.1.1:80/a b", "/d",
        "192.168.1.1.example/d", "[192.168.1.1]:80/d"}) {
    EXPECT_FALSE(with(url(where))) << where;
  }
  for (const char* scheme : {"https", "ftp", "file", ""}) {
    EXPECT_FALSE(with(scheme + std::string("://192.168.1.1/d"))) << scheme;
  }
  EXPECT_FALSE(with(""));
  EXPECT_FALSE(with(url("192.168.1.1:80/" + std::string(kMaxLocation, 'a'))));
  const std::string location = "LOCATION: " + url("192.168.1.1/d") + "\r\n";
  EXPECT_TRUE(read("HTTP/1.1 200 OK\r\n" + location + "\r\n"));
  EXPECT_FALSE(read("HTTP/1.1 404 Not Found\r\n" + location + "\r\n"));
  EXPECT_FALSE(read("NOTIFY * HTTP/1.1\r\n" + location + "\r\n"));
  EXPECT_FALSE(read("HTTP/1.1 200 OK\r\n\r\n" + location));  // in the body
  EXPECT_FALSE(read("HTTP/1.1 200 OK\r\n" + location + location + "\r\n"));
  EXPECT_FALSE(read(""));
}

}  // namespace
}  // namespace foyer::net
