// How calls may connect: three switches with what they give away, and the servers that help.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Column {
  id: root

  required property ConnectionsPresenter connections
  readonly property bool wide: width >= 700

  topPadding: 16
  spacing: 10

  SettingRow {
    width: parent.width
    title: qsTr("Direct calls")
    advice: qsTr("Sound takes the shortest way, and a call outlives its relay. The other side then learns the addresses of this computer. A call that one of you keeps private stays on the relay.")
    isOn: root.connections.direct
    onWanted: isOn => root.connections.direct = isOn
  }
  SettingRow {
    width: parent.width
    title: qsTr("Ask the router for a port")
    advice: qsTr("By PCP, NAT-PMP or UPnP, for as long as Foyer runs. Calls then come through nearly every router on the other side.")
    isOn: root.connections.mapping
    onWanted: isOn => root.connections.mapping = isOn
  }
  SettingRow {
    width: parent.width
    title: qsTr("Try many ports against strict routers")
    advice: qsTr("Some routers give every person another port. For a few seconds a call then tries up to a thousand of them, which a router may take for an attack. Without it such calls stay on the relay.")
    isOn: root.connections.guessing
    onWanted: isOn => root.connections.guessing = isOn
  }
  Rectangle {
    width: parent.width
    height: 1
    color: Theme.line
  }
  ObserverList {
    width: parent.width
    connections: root.connections
  }
  Rectangle {
    width: parent.width
    height: 1
    color: Theme.line
  }
  TurnList {
    width: parent.width
    wide: root.wide
    connections: root.connections
  }
  TurnForm {
    width: parent.width
    wide: root.wide
    connections: root.connections
  }
  SettingRow {
    width: parent.width
    title: qsTr("Use TURN servers that relays lend")
    advice: qsTr("The person who runs a relay may lend a server to everybody on it, for a few hours at a time.")
    isOn: root.connections.borrowing
    onWanted: isOn => root.connections.borrowing = isOn
  }
}
