// A line of the guide. Where it holds links, Tab stops at it: Left and Right choose one, Enter follows
// it, as a click does.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Text {
  id: root

  required property GuideModel guide
  required property string html
  readonly property var links: guide.linksIn(html)  // a list of texts, which the linter takes for one
  property int at: 0
  property int weight: Font.Normal

  // The chosen link alone carries a mark, and only while the keyboard is here.
  function marked(): string {
    let number = -1;
    return root.html.replace(/<a /g, () => ++number === root.at && root.activeFocus && root.links.length > 1 ? "<a class=\"chosen\" " : "<a ");
  }
  function follow() {
    root.guide.follow(root.links[root.at]);
  }

  text: "<style>a{color:" + Theme.accent + "}.chosen{background-color:" + Theme.accentSoft + "}code{font-family:monospace}</style>" + marked()
  textFormat: Text.RichText
  wrapMode: Text.Wrap
  color: Theme.text
  font.family: Theme.family
  font.pixelSize: Theme.body
  font.weight: weight
  lineHeight: 1.25
  activeFocusOnTab: links.length > 0
  Accessible.role: links.length > 0 ? Accessible.Link : Accessible.StaticText
  Accessible.name: guide.wordsOf(html)
  Accessible.onPressAction: root.follow()
  onLinkActivated: link => root.guide.follow(link)
  Keys.onReturnPressed: root.follow()
  Keys.onEnterPressed: root.follow()
  Keys.onLeftPressed: root.at = Math.max(0, root.at - 1)
  Keys.onRightPressed: root.at = Math.min(root.links.length - 1, root.at + 1)

  HoverHandler {
    enabled: root.hoveredLink.length > 0
    cursorShape: Qt.PointingHandCursor
  }
  FocusRing {
    visible: root.activeFocus && root.links.length > 0
  }
}
