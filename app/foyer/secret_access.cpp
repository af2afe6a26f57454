#include "app/foyer/secret_access.h"

#include <QAccessible>
#include <QAccessibleObject>
#include <QMetaMethod>
#include <QMetaProperty>
#include <QQuickItem>
#include <QQuickWindow>

namespace foyer::app {
namespace {

// Of a TextField of QML whose echoMode is not Normal; `label` is its property.
class SecretAccess final : public QAccessibleObject {
 public:
  explicit SecretAccess(QQuickItem& field) : QAccessibleObject(&field), m_field(field) {}

  [[nodiscard]] QWindow* window() const override { return m_field.window(); }

  // The nearest item around it that is told of, as the tree from above finds it.
  [[nodiscard]] QAccessibleInterface* parent() const override {
    QQuickWindow* const window = m_field.window();
    if (window == nullptr) return nullptr;
    for (QQuickItem* around = m_field.parentItem();
         around != nullptr && around != window->contentItem(); around = around->parentItem()) {
      if (QAccessibleInterface* told = QAccessible::queryAccessibleInterface(around)) return told;
    }
    return QAccessible::queryAccessibleInterface(window);
  }
  [[nodiscard]] QAccessibleInterface* child(int /*index*/) const override { return nullptr; }
  [[nodiscard]] int childCount() const override { return 0; }
  int indexOfChild(const QAccessibleInterface* /*child*/) const override { return -1; }

  [[nodiscard]] QString text(QAccessible::Text kind) const override {
    return kind == QAccessible::Name ? m_field.property("label").toString() : QString();
  }
  [[nodiscard]] QRect rect() const override {
    const QRectF shown = m_field.mapRectToScene(QRectF({}, m_field.size()));
    const QQuickWindow* const window = m_field.window();
    if (window == nullptr) return {};
    return {window->mapToGlobal(shown.topLeft().toPoint()), shown.size().toSize()};
  }
  [[nodiscard]] QAccessible::Role role() const override { return QAccessible::EditableText; }
  [[nodiscard]] QAccessible::State state() const override {
    QAccessible::State state;
    state.passwordEdit = true;
    state.editable = true;
    state.focusable = true;
    state.focused = m_field.hasActiveFocus();
    state.disabled = !m_field.isEnabled();
    const QQuickWindow* const window = m_field.window();
    state.invisible = window == nullptr || !window->isVisible() || !m_field.isVisible();
    return state;
  }

 private:
  QQuickItem& m_field;  // the accessible cache drops this object with the item
};

// Fields are asked about while QML still makes them, before it says that they are secret.
class EchoWatch final : public QObject {
  Q_OBJECT
 public slots:
  void forget() {
    if (QAccessibleInterface* old = QAccessible::queryAccessibleInterface(sender()))
      QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(old));
  }
};

QAccessibleInterface* makeSecretAccess(const QString& /*className*/, QObject* object) {
  auto* const field = qobject_cast<QQuickItem*>(object);
  if (field == nullptr || !field->inherits("QQuickTextField")) return nullptr;
  constexpr char kEchoMode[] = "echoMode";
  constexpr int kNormalEcho = 0;  // QQuickTextInput::Normal
  if (field->property(kEchoMode).toInt() != kNormalEcho) return new SecretAccess(*field);
  static EchoWatch watch;
  const QMetaObject& type = *field->metaObject();
  const QMetaObject& watching = EchoWatch::staticMetaObject;
  QObject::connect(field, type.property(type.indexOfProperty(kEchoMode)).notifySignal(), &watch,
                   watching.method(watching.indexOfSlot("forget()")), Qt::UniqueConnection);
  return nullptr;
}

}  // namespace

void installSecretAccess() { QAccessible::installFactory(makeSecretAccess); }

}  // namespace foyer::app

#include "secret_access.moc"
